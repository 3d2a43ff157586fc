import type { Arrived } from '../frame/arrived.js';
import type { WechatContext } from './context.js';
import { jsonOf } from './json-body.js';

const FIELDS = ['combine_out_trade_no', 'out_trade_no', 'transaction_id', 'out_refund_no'] as const;

/**
 * The numbers that a fault rule may name this request by: those in its path and body, and the order's own number behind
 * a transaction or refund number. Read before verification, so it must take anything.
 */
export function referencesOf(arrived: Arrived, context: WechatContext): readonly string[] {
  const body = looseFields(arrived.body);
  const references = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string') references.add(value);
  };
  for (const field of FIELDS) {
    add(arrived.params[field]);
    add(body[field]);
  }
  for (const number of subOrdersOf(body)) add(number);
  for (const reference of ordersBehind(arrived, body, context)) references.add(reference);
  return [...references];
}

/** The orders that a transaction or a refund number belongs to. */
function ordersBehind(
  { params }: Arrived,
  body: Readonly<Record<string, unknown>>,
  { accounts, book }: WechatContext,
): readonly string[] {
  const transaction = params['transaction_id'] ?? body['transaction_id'];
  const refund = params['out_refund_no'] ?? body['out_refund_no'];
  if (transaction === undefined && refund === undefined) return [];
  const trades = [
    ...(typeof transaction === 'string' ? [book.byProviderReference(undefined, transaction)] : []),
    ...(typeof refund === 'string' ? accounts.all().map(({ name }) => book.refundOf(name, refund)?.trade) : []),
  ];
  return trades.flatMap((trade) => trade?.reference ?? []);
}

/** What a combined order may list. */
const MOST_SUB_ORDERS = 50;

/** The numbers of combined orders. */
function subOrdersOf({ sub_orders: orders }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (!Array.isArray(orders)) return [];
  return orders
    .slice(0, MOST_SUB_ORDERS)
    .map((order) => (order as { readonly out_trade_no?: unknown } | null)?.out_trade_no);
}

function looseFields(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value = jsonOf(bytes);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
