import type { Arrived } from '../frame/arrived.js';
import type { WechatContext } from './context.js';
import { jsonOf } from './json-body.js';

const FIELDS = ['out_trade_no', 'transaction_id', 'out_refund_no'] as const;

/**
 * The numbers that a fault rule may name this request by: those in its path and body, and the order's own number behind
 * a transaction or refund number. Read before verification, so it must take anything.
 */
export function referencesOf(arrived: Arrived, { accounts, book }: WechatContext): readonly string[] {
  const body = looseFields(arrived.body);
  const said = FIELDS.flatMap((field) => [arrived.params[field], body[field]]).filter(
    (value) => typeof value === 'string',
  );
  // Orders name nothing but themselves.
  if (said.every((number) => number === body['out_trade_no'])) return said;
  const behind = said.flatMap((number) => [
    book.byProviderReference(undefined, number),
    ...accounts.all().map(({ name }) => book.refundOf(name, number)?.trade),
  ]);
  return [...new Set([...said, ...behind.flatMap((trade) => trade?.reference ?? [])])];
}

function looseFields(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value = jsonOf(bytes);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
