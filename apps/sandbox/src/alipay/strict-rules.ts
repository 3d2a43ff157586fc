import type { AlipayTrade } from './alipay-trade.js';
import { parseBeijing } from './beijing-time.js';
import { gatewayRefusal } from './gateway-refusal.js';
import type { PublicFields } from './parameters.js';

const DAY_MS = 86_400_000;
const REFUND_SPACING_MS = 3_000;

/**
 * A call's `timestamp` is the time of whatever zone its SDK runs in (Node's and PHP's write their own, and work), so only
 * one more than a day off is refused. @throws GatewayRefusal
 */
export function checkTimestampWindow(parameters: PublicFields): void {
  const sent = parseBeijing(parameters.get('timestamp') ?? '') ?? 0;
  if (Math.abs(Date.now() - sent) > DAY_MS) throw gatewayRefusal('isv.invalid-timestamp');
}

/** Refunds of one trade are to be three seconds apart; no code is documented for less. @throws GatewayRefusal */
export function checkRefundSpacing(trade: AlipayTrade, now: Date): void {
  const last = trade.refunds.at(-1)?.createdAt.getTime() ?? -Infinity;
  if (now.getTime() - last < REFUND_SPACING_MS) throw gatewayRefusal('isv.method-call-limited');
}

/** Hosts that Alipay could not reach: this machine, private networks, names without a dot. */
const PRIVATE_HOST =
  /^(?:localhost|[^.:]+|.+\.(?:local|localhost|internal|test|invalid)|0\..+|10\..+|127\..+|169\.254\..+|172\.(?:1[6-9]|2\d|3[01])\..+|192\.168\..+|\[.+\])$/i;

export const isPublicHost = (hostname: string): boolean => !PRIVATE_HOST.test(hostname);
