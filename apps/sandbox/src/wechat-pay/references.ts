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
  return [...new Set([...said, ...ordersBehind(arrived, body, book)])];
}

/** Looked up only where a call names a transaction or a refund: it means asking every order. */
function ordersBehind(
  { params }: Arrived,
  body: Readonly<Record<string, unknown>>,
  book: WechatContext['book'],
): readonly string[] {
  const transaction = params['transaction_id'] ?? body['transaction_id'];
  const refund = params['out_refund_no'] ?? body['out_refund_no'];
  if (transaction === undefined && refund === undefined) return [];
  return book
    .all()
    .filter(
      ({ providerReference, refunds }) =>
        (providerReference !== undefined && providerReference === transaction) ||
        refunds.some(({ reference }) => reference === refund),
    )
    .map(({ reference }) => reference);
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
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
