import type { IncomingHttpHeaders } from 'node:http';
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

/** No text of one request is kept longer than this. */
const LONGEST_TEXT = 65_536;

/** What arrived lately: 500 requests, or fewer when they are long. Secrets are masked in all that is shown of it. */
export class RequestLog {
  private readonly ring = new Ring<Kept>({ items: 500, bytes: 8 * 1_048_576, weigh: lengthOf });

  /** Costs little: what a reader wants of it (masks, headers as texts) is done when somebody reads. */
  add(entry: Kept): void {
    const { body, signed_string: signed } = entry;
    this.ring.add({ ...entry, body: clipped(body), signed_string: signed && clipped(signed) });
  }

  all(): readonly LoggedRequest[] {
    return this.ring.all().map((entry) => {
      const { url, body, headers, signed_string: signed } = entry;
      const shown = { url: masked(url), body: masked(body), signed_string: signed && masked(signed) };
      return { ...entry, ...shown, headers: plainHeaders(headers) };
    });
  }
}

/** Repeated ones joined as on the line. */
function plainHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

/** As it was added. */
type Kept = Omit<LoggedRequest, 'headers'> & { readonly headers: IncomingHttpHeaders };

/** Characters; headers are bounded by the server. */
const lengthOf = ({ url, body, signed_string: signed }: Kept): number =>
  url.length + body.length + (signed?.length ?? 0);

/** The beginning of a long text, copied: a slice would keep all of it in memory. */
export function clipped(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const kept = Buffer.from(text.slice(0, LONGEST_TEXT)).toString('utf8');
  return `${kept}… (${text.length} characters)`;
}

/** The text with values of known secret fields replaced. */
export function masked(text: string): string {
  return text.replace(SECRET, '$1***');
}
