/** Asks one route as fast as it answers, for a while; tells how many answers came, and how long the slowest took. */
import autocannon from 'autocannon';

const CONNECTIONS = 16;

process.on('message', async ({ url, key, seconds }) => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  const { '2xx': answered, non2xx, errors, latency, duration } = result;
  process.send({ answered, refused: non2xx + errors, seconds: duration, p50: latency.p50, p99: latency.p99 });
});
