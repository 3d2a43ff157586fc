import { OutcomeUnknown, type ProviderTools } from '@hutong/payment-port';
import { networkFailure } from './http.js';

export interface DownloadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface DownloadLimits {
  /** Until the status and headers have come. */
  readonly headMs: number;
  /** How long the network may be waited for, all waits of the body together. A slow reader costs nothing of it. */
  readonly waitMs: number;
  readonly maxBytes: number;
}

interface Context {
  readonly provider: string;
  readonly operation: string;
}

/**
 * Fetches a file with one GET and passes its bytes on as they are asked for: nothing is read ahead of the reader, and a
 * reader who stops early closes the connection. Redirects are never followed, nothing is retried; any status but 200
 * is no file. What was yielded before an error is only a part.
 * @throws NotReached when the request surely never left us
 * @throws OutcomeUnknown on a time-out, a reset, another status, a file that is cut off or larger than `maxBytes`
 */
export async function* downloadHttp(
  tools: Pick<ProviderTools, 'fetch'>,
  request: DownloadRequest,
  context: Context,
  limits: DownloadLimits,
): AsyncGenerator<Uint8Array, void> {
  const patience = new Patience(limits);
  try {
    const response = await patience.during(limits.headMs, (signal) =>
      tools.fetch(request.url, { method: 'GET', headers: request.headers, redirect: 'manual', signal }),
    );
    if (response.status !== 200) throw notAFile(response.status, context);
    if (response.body !== null) yield* capped(response.body, patience, limits.maxBytes, context);
  } catch (error) {
    throw error instanceof OutcomeUnknown ? error : networkFailure(error, context);
  } finally {
    patience.end();
  }
}

async function* capped(
  body: ReadableStream<Uint8Array>,
  patience: Patience,
  maxBytes: number,
  context: Context,
): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  try {
    for (let size = 0; ;) {
      const { done, value } = await patience.whileWaiting(() => reader.read());
      if (done) return;
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes, context);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Aborts the request when too much time was spent waiting; time that the reader takes is not counted. */
class Patience {
  readonly #controller = new AbortController();
  #leftMs: number;

  constructor({ waitMs }: DownloadLimits) {
    this.#leftMs = waitMs;
  }

  /** A wait for the body, which uses up what patience is left. */
  async whileWaiting<T>(wait: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await this.during(this.#leftMs, wait);
    } finally {
      this.#leftMs = Math.max(1, this.#leftMs - (performance.now() - started));
    }
  }

  async during<T>(ms: number, wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const reason = new DOMException('Nothing came in time.', 'TimeoutError');
        this.#controller.abort(reason);
        reject(reason);
      }, ms);
    });
    try {
      return await Promise.race([wait(this.#controller.signal), tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets go of whatever is still open. */
  end(): void {
    this.#controller.abort();
  }
}

function notAFile(status: number, context: Context): OutcomeUnknown {
  return new OutcomeUnknown(
    `${context.provider} answered HTTP ${status} instead of a file (${context.operation}); links end soon, ask for a new one.`,
    context,
  );
}

function tooLarge(maxBytes: number, context: Context): OutcomeUnknown {
  return new OutcomeUnknown(
    `The file of ${context.provider} (${context.operation}) exceeds ${maxBytes} bytes.`,
    context,
  );
}
