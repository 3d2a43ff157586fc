import type { Arrived } from '../frame/arrived.js';
import type { WechatContext } from './context.js';

const FIELDS = ['combine_out_trade_no', 'out_trade_no', 'transaction_id', 'out_refund_no'] as const;

/**
 * The numbers that a fault rule may name this request by: those in its path and body, and the order's own number behind
 * a transaction or refund number. Read before verification, so it must take anything.
 */
export function referencesOf(arrived: Arrived, { book }: WechatContext): readonly string[] {
  const body = looseFields(arrived.body);
  const said = [...FIELDS.flatMap((field) => [arrived.params[field], body[field]]), ...subOrdersOf(body)].filter(
    (value) => typeof value === 'string',
  );
  const behind = book
    .all()
    .filter(
      (trade) =>
        said.includes(trade.providerReference ?? '') || trade.refunds.some((refund) => said.includes(refund.reference)),
    )
    .map((trade) => trade.reference);
  return [...new Set([...said, ...behind])];
}

/** The numbers of combined orders. */
function subOrdersOf({ sub_orders: orders }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (!Array.isArray(orders)) return [];
  return orders.map((order) => (order as { readonly out_trade_no?: unknown } | null)?.out_trade_no);
}

function looseFields(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
