import type { Captured, Currency, Money, Snapshot } from '@hutong/payment-port';
import { readState } from '@hutong/provider-kit';
import { fenField, objectField, textField, timeField, type JsonObject } from './json-fields.js';
import { payeeOf, type Merchant } from './merchant.js';
import { TRADE_STATES, type TradeEvidence } from './wechat-pay.states.js';

/** Reads their order object, of a query or a notification; undefined when its state with its evidence is not listed. */
export function orderSnapshot(merchant: Merchant, order: JsonObject): Snapshot | undefined {
  const captured = capturedBy(merchant, order);
  const tradeState = textField(order, 'trade_state') ?? '';
  const state = readState(TRADE_STATES, tradeState, evidenceOf(order, captured));
  switch (state) {
    case 'unlisted':
      return undefined;
    case 'paid':
      return isWhole(captured) ? { state, ...captured } : undefined;
    case 'refunded':
      return { state, ...captured };
    case 'failed':
      return { state, code: tradeState };
    default:
      return { state };
  }
}

/** `amount` in fen; a currency that is not named is CNY. A foreign one is carried along, so that it never equals ours. */
export function moneyField(amount: JsonObject | undefined, name: string): Money | undefined {
  const fen = fenField(amount, name);
  return fen === undefined
    ? undefined
    : { amount: fen, currency: (textField(amount, 'currency') ?? 'CNY') as Currency };
}

/** `amount.total` is what the merchant is owed; `payer_total` lacks the coupons that somebody else pays for. */
function capturedBy(merchant: Merchant, order: JsonObject): Partial<Captured> {
  const amount = moneyField(objectField(order, 'amount'), 'total');
  const paidAt = timeField(order, 'success_time');
  const providerReference = textField(order, 'transaction_id');
  const mchid = textField(order, 'mchid');
  const openid = textField(objectField(order, 'payer'), 'openid');
  return {
    ...(amount && { amount }),
    ...(paidAt && { paidAt }),
    ...(providerReference && { providerReference }),
    ...(mchid && { payee: payeeOf(merchant, mchid, textField(order, 'appid')) }),
    ...(openid && { payer: { id: openid } }),
  };
}

function evidenceOf(order: JsonObject, captured: Partial<Captured>): TradeEvidence {
  if (isWhole(captured)) return 'captured';
  const isSilent = [order['transaction_id'], order['success_time']].every(
    (value) => value === undefined || value === '',
  );
  return isSilent ? 'none' : 'partial';
}

function isWhole(captured: Partial<Captured>): captured is Captured {
  const { amount, paidAt, providerReference, payee } = captured;
  return [amount, paidAt, providerReference, payee].every((part) => part !== undefined);
}
