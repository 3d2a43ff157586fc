import { NotReached, OutcomeUnknown } from './errors.js';

/** What is under the calls; the defaults are right outside tests. */
export interface TransportOptions {
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Further tries of a call that certainly did nothing yet, or that is still running; default 2. */
  readonly retries?: number;
  /** One try's patience in milliseconds; default 30 000. */
  readonly timeoutMs?: number;
  /** Waits between tries. */
  readonly pause?: (ms: number) => Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Failures before a byte of the request was sent (codes of Node and of its fetch). */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * A fetch that tries again where that is safe: never sent; 503 (the gateway did nothing); 409 while the same
 * Idempotency-Key runs. Each try is the same request, key included. A write whose connection broke is not among them: its
 * outcome is unknown, and the caller is told so.
 */
export function steadyFetch(options: TransportOptions): (request: Request) => Promise<Response> {
  const { retries = 2, pause = sleep } = options;
  return async (request) => {
    for (let tried = 0; ; tried++) {
      const last = tried >= retries;
      const outcome = await tryOnce(request.clone(), options);
      if (last || !(await mayGoAgain(outcome))) return unwrap(outcome);
      await pause(pauseBefore(tried, outcome));
    }
  };
}

type Outcome = Response | NotReached | OutcomeUnknown;

async function tryOnce(request: Request, { fetch = globalThis.fetch, timeoutMs = 30_000 }: TransportOptions) {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    return await fetch(new Request(request, { signal }));
  } catch (error) {
    request.signal.throwIfAborted();
    return classify(request, error);
  }
}

function classify(request: Request, error: unknown): NotReached | OutcomeUnknown {
  const what = `${request.method} ${new URL(request.url).pathname}`;
  const code = codeOf(error);
  const why = code ?? (error instanceof Error ? error.message : 'no reason given');
  if (request.method === 'GET' || (code !== undefined && NEVER_SENT.has(code))) {
    return new NotReached(`${what} did not reach the gateway (${why}); is baseUrl right, and does it run?`, {
      cause: error,
    });
  }
  const key = request.headers.get('idempotency-key') ?? undefined;
  return new OutcomeUnknown(`${what} was sent and not answered (${why}): ask what came of it.`, key, { cause: error });
}

/** Node's fetch says little itself; its causes do, one of them among several where a name has several addresses. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
}

async function mayGoAgain(outcome: Outcome): Promise<boolean> {
  if (outcome instanceof OutcomeUnknown) return false;
  if (outcome instanceof NotReached || outcome.status === 503) return true;
  return outcome.status === 409 && (await codeIn(outcome)) === 'idempotency_key_in_use';
}

async function codeIn(response: Response): Promise<unknown> {
  try {
    return ((await response.clone().json()) as { code?: unknown } | null)?.code;
  } catch {
    return undefined;
  }
}

/** Doubling, with jitter; what the gateway asks for comes first. */
function pauseBefore(tried: number, outcome: Outcome): number {
  const asked = outcome instanceof Response ? Number(outcome.headers.get('retry-after') ?? Number.NaN) : Number.NaN;
  const wanted = Number.isFinite(asked) ? asked * 1_000 : FIRST_PAUSE_MS * 2 ** tried * (0.75 + Math.random() / 2);
  return Math.min(Math.max(wanted, 0), LONGEST_PAUSE_MS);
}

function unwrap(outcome: Outcome): Response {
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
