/** Asks one route as fast as it answers, for a while; tells how many answers came, and how long the slowest took. */
import autocannon from 'autocannon';

const CONNECTIONS = 16;

process.on('message', async ({ url, key, seconds }) => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const rest = stayAwake();
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  rest();
  const { '2xx': answered, non2xx, errors, latency, duration } = result;
  process.send({ answered, refused: non2xx + errors, seconds: duration, p50: latency.p50, p99: latency.p99 });
});

/**
 * Never sleeps between answers. Waking a process on another core is charged to the one that writes to it, and only a slow route
 * leaves its caller time to fall asleep: the same answer would cost such a route more than a fast one.
 */
function stayAwake() {
  let awake = true;
  const turn = () => awake && setImmediate(turn);
  turn();
  return () => (awake = false);
}
