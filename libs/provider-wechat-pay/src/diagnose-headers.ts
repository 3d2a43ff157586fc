import type { Finding, RawMessage } from '@hutong/payment-port';
import { finding } from '@hutong/provider-kit';

const TOLERANCE_S = 300;

/** Every value under this name, in the order of arrival. */
export function headerValues(message: RawMessage, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return message.headers.filter(([header]) => header.toLowerCase() === wanted).map(([, value]) => value);
}

/** Five minutes either way, in WeChat Pay's documents for both directions. */
export function clockFindings(timestamp: string, now: Date): Finding[] {
  if (/^\d{13,}$/.test(timestamp)) return [finding('timestamp_in_milliseconds')];
  const off = Math.round(now.getTime() / 1_000 - Number(timestamp));
  if (Math.abs(off) <= TOLERANCE_S) return [];
  return [finding('clock', Number.isNaN(off) ? 'it is no number' : `${Math.abs(off)} s ${off > 0 ? 'old' : 'ahead'}`)];
}
