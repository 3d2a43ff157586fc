import { NotReached, OutcomeUnknown, type ProviderTools } from '@hutong/payment-port';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer that arrived whole, whatever its status. `body` is the bytes as received: signatures cover those. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface HttpLimits {
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
}

const DEFAULT_LIMITS: HttpLimits = { timeoutMs: 8_000, maxBodyBytes: 1_048_576 };

/** Failures before the first byte of a request left this machine: the same request may safely go again. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_INVALID_URL',
]);

/**
 * Sends one request and answers what came back whole. Redirects are never followed; nothing is retried.
 * @throws NotReached when it surely never left us
 * @throws OutcomeUnknown on a time-out, a reset, a cut or oversized answer
 */
export async function sendHttp(
  tools: Pick<ProviderTools, 'fetch'>,
  request: HttpRequest,
  context: { readonly provider: string; readonly operation: string },
  limits: HttpLimits = DEFAULT_LIMITS,
): Promise<HttpAnswer> {
  try {
    const response = await tools.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(limits.timeoutMs),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await readCapped(response, limits.maxBodyBytes),
    };
  } catch (error) {
    throw networkFailure(error, context);
  }
}

async function readCapped(response: Response, maxBytes: number): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new RangeError(`The answer is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a failure of `fetch`, or of reading its answer, means: never sent, or nobody knows. */
export function networkFailure(
  error: unknown,
  context: { readonly provider: string; readonly operation: string },
): NotReached | OutcomeUnknown {
  const code = errorCode(error);
  const details = { ...context, cause: error };
  return code !== undefined && BEFORE_SENDING.has(code)
    ? new NotReached(`${context.provider} could not be reached for ${context.operation} (${code}).`, details)
    : new OutcomeUnknown(
        `No whole answer of ${context.provider} to ${context.operation} (${code ?? 'no code'}).`,
        details,
      );
}

/** undici wraps the system's error, sometimes several of them (one per address tried), in `cause`. */
function errorCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return errorCode(at.errors[0]);
    if (at.name === 'TimeoutError') return 'TIMEOUT';
  }
  return undefined;
}
