import type { FaultRule } from './fault-rule.js';

/** What rules do to a message before it is signed; the signature holds over what was made of it. */
export interface BodySpoiling {
  /** To what is said, before it is encrypted or put into an envelope: another amount. */
  content(json: string): string;
  /** To the bytes on the line: broken, or far too many. */
  body(text: string, kind?: BodyKind): string;
}

export type BodyKind = 'json' | 'form';

export const UNSPOILED: BodySpoiling = { content: (json) => json, body: (text) => text };

/** More than any answer of these wires has; clients that bound what they read stop before it. */
const OVERSIZE_BYTES = 4 * 1_048_576;

/** @param otherAmount how the wire states another amount; where it can't, no rule asks for it */
export function spoilingOf(rules: readonly FaultRule[], otherAmount: (json: string) => string): BodySpoiling {
  const asked = (action: FaultRule['action']): FaultRule | undefined => rules.find((rule) => rule.action === action);
  const oversize = asked('oversize');
  const [wrongAmount, malformed] = [asked('wrong_amount') !== undefined, asked('malformed') !== undefined];
  if (oversize === undefined && !wrongAmount && !malformed) return UNSPOILED;
  return {
    content: (json) => (wrongAmount ? otherAmount(json) : json),
    body(text, kind = 'json') {
      const long = oversize === undefined ? text : padded(text, kind, oversize.bytes ?? OVERSIZE_BYTES);
      return malformed ? broken(long, kind) : long;
    },
  };
}

/** Blanks before the last brace, or empty pairs behind the last one: it says what it said, and is as long as asked. */
function padded(text: string, kind: BodyKind, bytes: number): string {
  const missing = Math.max(bytes - Buffer.byteLength(text), 0);
  if (kind === 'form') return text + '&'.repeat(missing);
  const end = Math.max(text.lastIndexOf('}'), 0);
  return text.slice(0, end) + ' '.repeat(missing) + text.slice(end);
}

/** Its first half; a form also ends in the middle of an escape. */
function broken(text: string, kind: BodyKind): string {
  const half = text.slice(0, Math.ceil(text.length / 2));
  return kind === 'form' ? `${half}%` : half;
}
