import { nativeCode, prepayIdAt } from './identifiers.js';
import type { Prepay, PrepayProduct, WechatTrade } from './order.js';

const A_MINUTE_MS = 60_000;
const A_DAY_MS = 86_400_000;
const TWO_HOURS_MS = 7_200_000;

/** Unpaid orders close by themselves after this; also how long one without `time_expire` is payable (protocol §3.2, §4). */
export const UNPAID_FOR_MS = 7 * A_DAY_MS;

/** The sources contradict each other on the cap: 7 days on the Native page, 15 in the newest digest, 90 on another. */
const LONGEST_MS = {
  jsapi: 15 * A_DAY_MS,
  app: 15 * A_DAY_MS,
  h5: 15 * A_DAY_MS,
  native: 7 * A_DAY_MS,
} as const satisfies Record<PrepayProduct, number>;

/** `time_expire` as the server takes it: silently moved to at least a minute from now, and at most the cap. */
export function expiryOf(timeExpire: string | undefined, product: PrepayProduct, now: Date): Date {
  if (timeExpire === undefined) return new Date(now.getTime() + UNPAID_FOR_MS);
  const wished = Date.parse(timeExpire);
  const earliest = now.getTime() + A_MINUTE_MS;
  const latest = now.getTime() + LONGEST_MS[product];
  return new Date(Math.min(Math.max(wished, earliest), latest));
}

/** Seven days after it was placed, or at its own later expiry; ms since 1970. */
export const endOf = ({ createdAt, expiresAt }: Pick<WechatTrade, 'createdAt' | 'expiresAt'>): number =>
  Math.max(createdAt.getTime() + UNPAID_FOR_MS, expiresAt?.getTime() ?? 0);

/** The older code of a Native order stops working; other prepays live until their own end. */
export const isReplaced = ({ validUntil }: Prepay, product: PrepayProduct, now: Date): boolean =>
  product === 'native' || validUntil <= now.getTime();

/** A new way into the cashier: two hours, an h5_url five minutes (protocol §3.1). */
export function newPrepay(product: PrepayProduct, now: Date): Prepay {
  const validMs = product === 'h5' ? 5 * A_MINUTE_MS : TWO_HOURS_MS;
  return {
    id: product === 'native' ? nativeCode() : prepayIdAt(now),
    validUntil: now.getTime() + validMs,
  };
}
