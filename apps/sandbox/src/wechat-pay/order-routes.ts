import { closeOrder } from './close-order.js';
import { payByCode } from './code-pay.js';
import { combineBodyOf } from './combine-body.js';
import { combineOrders } from './combine-order.js';
import { closeCombination, queryCombination } from './combined-orders.js';
import { PREPAY_PRODUCTS } from './order.js';
import { orderBodyOf } from './order-body.js';
import { closePartnerOrder, partnerOrderBodyOf, reversePartnerOrder } from './partner-order.js';
import { placeOrder } from './place-order.js';
import { queryByOutTradeNo, queryByTransactionId } from './query-order.js';
import { reverseOrder } from './reverse-order.js';
import type { Route } from './route.js';

/** How the two modes differ: in their bodies. */
const MODES = [
  {
    mode: 'merchant',
    base: '/v3/pay/transactions',
    bodyOf: orderBodyOf,
    close: closeOrder,
    reverse: reverseOrder,
  },
  {
    mode: 'partner',
    base: '/v3/pay/partner/transactions',
    bodyOf: partnerOrderBodyOf,
    close: closePartnerOrder,
    reverse: reversePartnerOrder,
  },
] as const;

const SINGLE: readonly Route[] = MODES.flatMap(({ mode, base, bodyOf, close, reverse }): Route[] => [
  ...PREPAY_PRODUCTS.map((product): Route => ({
    mode,
    method: 'POST',
    url: `${base}/${product}`,
    operation: 'order',
    run: ({ body }, account, context) => placeOrder(bodyOf(body, product, account), product, account, context),
  })),
  {
    mode,
    method: 'POST',
    url: `${base}/codepay`,
    operation: 'order',
    run: ({ body }, account, context) => payByCode(bodyOf(body, 'codepay', account), account, context),
  },
  { mode, method: 'GET', url: `${base}/out-trade-no/:out_trade_no`, operation: 'query', run: queryByOutTradeNo },
  { mode, method: 'GET', url: `${base}/id/:transaction_id`, operation: 'query', run: queryByTransactionId },
  { mode, method: 'POST', url: `${base}/out-trade-no/:out_trade_no/close`, operation: 'close', run: close },
  { mode, method: 'POST', url: `${base}/out-trade-no/:out_trade_no/reverse`, operation: 'close', run: reverse },
]);

const COMBINE = '/v3/combine-transactions';
const COMBINED = `${COMBINE}/out-trade-no/:combine_out_trade_no`;

const TOGETHER: readonly Route[] = [
  ...PREPAY_PRODUCTS.map((product): Route => ({
    method: 'POST',
    url: `${COMBINE}/${product}`,
    operation: 'order',
    run: ({ body }, account, context) =>
      combineOrders(combineBodyOf(body, product, account, context), product, account, context),
  })),
  { method: 'GET', url: COMBINED, operation: 'query', run: queryCombination },
  { method: 'POST', url: `${COMBINED}/close`, operation: 'close', run: closeCombination },
];

/** Everything about orders: a merchant's own, a partner's, combined ones. */
export const ORDER_ROUTES: readonly Route[] = [...SINGLE, ...TOGETHER];
