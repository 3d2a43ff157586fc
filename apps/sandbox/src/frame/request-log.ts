import type { Provider } from './provider.js';
import { Ring } from './ring.js';
import type { SignatureCause } from './signature-cause.js';

/** `accepted`: the signature held and the operation was judged; `refused`: it did not; `fault`: an injected fault answered. */
export type RequestVerdict = 'accepted' | 'refused' | 'fault';

/** One request that arrived, with why it was taken or not. */
export interface LoggedRequest {
  readonly at: string;
  readonly provider: Provider;
  readonly operation: string | null;
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly account: string | null;
  readonly references: readonly string[];
  readonly verdict: RequestVerdict;
  readonly reason: string | null;
  /** Which known mistake explains a signature that did not hold; null when it held. */
  readonly cause: SignatureCause | null;
  /** Which key verified it: a serial, an account's public key. */
  readonly key: string | null;
  /** The string that the signature was checked over: exact, but for masked secrets. */
  readonly signed_string: string | null;
  /** Faults that were applied to it. */
  readonly faults: readonly string[];
  /** Null when the connection was cut instead of answered. */
  readonly status: number | null;
}

/** In JSON, in a form, and in JSON that a form carries percent-encoded. */
const QUOTE = '(?:"|%22)?';
const NAMES = 'secret|app_secret|refresh_token|api_v3_key|auth_code|private_key|encrypt_key';
const SECRET = new RegExp(
  `(${QUOTE}(?:${NAMES})${QUOTE}\\s*(?:[=:]|%3A)\\s*${QUOTE})((?:(?!%2[2C])[^"&,\\s}])+)`,
  'gi',
);

/** What arrived lately, secrets masked. */
export class RequestLog {
  private readonly ring = new Ring<LoggedRequest>(500);

  add(entry: LoggedRequest): void {
    const { url, body, signed_string: signed } = entry;
    this.ring.add({ ...entry, url: masked(url), body: masked(body), signed_string: signed && masked(signed) });
  }

  all(): readonly LoggedRequest[] {
    return this.ring.all();
  }
}

/** The text with values of known secret fields replaced. */
export function masked(text: string): string {
  return text.replace(SECRET, '$1***');
}
