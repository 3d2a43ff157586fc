import { parseBeijing } from './beijing-time.js';
import type { BizContent } from './biz-content.js';
import { tradeRefusal } from './gateway-refusal.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LONGEST_MS = 15 * DAY_MS;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS };

/** When an order ends: at a moment, or so long after the trade is born, or at the end of that day (`1c`). */
export type Expiry =
  | { readonly kind: 'at'; readonly ms: number }
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'end_of_day' };

export interface ExpiryRules {
  readonly now: number;
  /** What holds without either field: 3 h face to face, else 15 d. */
  readonly defaultMs: number;
  /** Shorter timeouts count as this (app and wap: 5 min). */
  readonly shortestMs: number;
  readonly strict: boolean;
}

/** Reads time_expire (which wins) or timeout_express; both run from 1 minute to 15 days. @throws GatewayRefusal */
export function readExpiry(biz: BizContent, rules: ExpiryRules): Expiry {
  const at = biz.text('time_expire', 32);
  if (at !== undefined) return readTimeExpire(at, rules);
  const timeout = biz.text('timeout_express', 6);
  return timeout === undefined ? after(rules.defaultMs) : readTimeout('timeout_express', timeout, rules);
}

/** A duration field of its own, e.g. qr_code_timeout_express. */
export function readTimeout(name: string, text: string, rules: Pick<ExpiryRules, 'shortestMs'>): Expiry {
  if (text === '1c') return END_OF_DAY;
  const match = /^([1-9]\d{0,4})([mhd])$/.exec(text);
  const ms = match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0) : 0;
  if (ms < MINUTE_MS || ms > LONGEST_MS) throw tradeRefusal('INVALID_PARAMETER', name);
  return after(Math.max(ms, rules.shortestMs));
}

/** The moment at which an order born at `bornMs` ends: a whole second, as the wire shows both. */
export function expiresAt(expiry: Expiry, bornMs: number): number {
  if (expiry.kind === 'at') return expiry.ms;
  if (expiry.kind === 'after') return Math.floor(bornMs / 1_000) * 1_000 + expiry.ms;
  const eightHours = 8 * 60 * MINUTE_MS;
  return (Math.floor((bornMs + eightHours) / DAY_MS) + 1) * DAY_MS - eightHours;
}

const END_OF_DAY: Expiry = { kind: 'end_of_day' };
const durations = new Map<number, Expiry>();

/** One object per duration: every trade keeps its own otherwise, and there are few of them. */
function after(ms: number): Expiry {
  const known = durations.get(ms);
  if (known !== undefined) return known;
  const made: Expiry = { kind: 'after', ms };
  durations.set(ms, made);
  return made;
}

function readTimeExpire(text: string, { now, strict }: ExpiryRules): Expiry {
  const ms = parseBeijing(text);
  if (ms === undefined || ms - now > LONGEST_MS) throw tradeRefusal('INVALID_PARAMETER', 'time_expire');
  if (ms <= now) throw tradeRefusal('NOW_TIME_AFTER_EXPIRE_TIME_ERROR');
  if (strict && ms - now < MINUTE_MS) throw tradeRefusal('INVALID_PARAMETER', 'time_expire');
  return { kind: 'at', ms };
}
