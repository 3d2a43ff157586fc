import type { RawMessage } from '@hutong/payment-port';

/**
 * The value of a header that must come exactly once. Node joins repeated headers into `"a, b"`; the raw list does not.
 * Undefined when it is absent, empty or repeated.
 */
export function singleHeader(message: RawMessage, name: string): string | undefined {
  const values = message.headers.filter(([header]) => header.toLowerCase() === name.toLowerCase());
  const value = values.length === 1 ? values[0]?.[1] : undefined;
  return value === '' ? undefined : value;
}
