import type { Frame } from '../frame/frame.js';
import type { Trade } from '../frame/trade.js';
import type { ConnectedWire } from '../frame/wire.js';

/** The newest order that a till made from this person's code since then (ms on the sandbox's clock). */
export function tillCharge(
  { phone, provider }: ConnectedWire,
  payer: string,
  since: number,
  trades: Frame['trades'],
): Trade | undefined {
  const ids = new Set(phone.idsOf(payer).map(({ id }) => id));
  const theirs = (trade: Trade): boolean => ids.has(phone.boundTo(trade) ?? '');
  return trades
    .list({ provider })
    .findLast((trade) => phone.fromPayerCode(trade) && trade.createdAt.getTime() >= since && theirs(trade));
}
