/** What a network does instead of answering. */
export type Breakage =
  | 'refused'
  | 'no_such_host'
  | 'reset'
  | 'socket_closed'
  | 'hang'
  | 'cut'
  | 'endless'
  | 'redirect'
  | 'proxy_error'
  | 'garbage';

const MEGABYTE = 1_048_576;
/** An adapter that reads this much of an endless answer would read anything. */
const TOO_MUCH = 32 * MEGABYTE;

const FAILED_WITH: Partial<Record<Breakage, string>> = {
  refused: 'ECONNREFUSED',
  no_such_host: 'ENOTFOUND',
  reset: 'ECONNRESET',
  socket_closed: 'UND_ERR_SOCKET',
};

/** Behaves as `fetch` does when the network breaks in this way. */
export function broken(breakage: Breakage, request: Request, limited: boolean): Response {
  const code = FAILED_WITH[breakage];
  if (code !== undefined) throw fetchFailed(code);
  if (breakage === 'hang') throw timedOut(limited);
  if (breakage === 'cut') return new Response(cutBody(), { status: 200 });
  if (breakage === 'endless') return new Response(endlessBody(), { status: 200 });
  if (breakage === 'garbage') return new Response('\u0000<!doctype html>{', { status: 200 });
  if (breakage === 'proxy_error') return new Response('<html>503 Service Unavailable</html>', { status: 503 });
  if (request.redirect === 'follow') throw new Error('The adapter would follow a redirect away from its provider.');
  return new Response(null, { status: 302, headers: { location: 'https://elsewhere.example.com/' } });
}

function fetchFailed(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** What an `AbortSignal.timeout` rejects with; a request without any signal would hang for good. */
function timedOut(limited: boolean): Error {
  return limited
    ? new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    : new Error('The adapter sent a request without a time limit.');
}

function cutBody(): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent)
        controller.error(
          new TypeError('terminated', { cause: Object.assign(new Error('cut'), { code: 'UND_ERR_SOCKET' }) }),
        );
      else controller.enqueue(new TextEncoder().encode('{"half":'));
      sent = true;
    },
  });
}

function endlessBody(): ReadableStream<Uint8Array> {
  let size = 0;
  const chunk = new Uint8Array(MEGABYTE).fill(0x20);
  return new ReadableStream({
    pull(controller) {
      size += chunk.byteLength;
      if (size > TOO_MUCH) throw new Error('The adapter reads an endless answer to its end.');
      controller.enqueue(chunk);
    },
  });
}
