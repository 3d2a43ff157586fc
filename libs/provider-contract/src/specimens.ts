import { money, type PrepareRequest, type RefundRequest } from '@hutong/payment-port';
import type { RefundFacts, TradeFacts } from './harness.js';

/** The moment at which every promise is checked. */
export const NOW = new Date('2026-11-23T04:00:00.000Z');

export const REFERENCE = 'contract_payment_01';
export const OTHER_REFERENCE = 'contract_payment_02';

export const PREPARE: PrepareRequest = {
  reference: REFERENCE,
  amount: money(1_999),
  description: '新鲜番茄 2kg',
  requestedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 15 * 60_000),
  notifyUrl: 'https://pay.example.com/notifications/provider/acc_1',
};

export const TRADE: TradeFacts = {
  reference: REFERENCE,
  amount: PREPARE.amount,
  paidAt: new Date('2026-11-23T03:59:30.000Z'),
  providerReference: '4200001569202611231234567890',
};

export const REFUND_REQUEST: RefundRequest = {
  reference: 'contract_refund_01',
  paymentReference: REFERENCE,
  paymentProviderReference: TRADE.providerReference,
  amount: money(333),
  total: TRADE.amount,
  reason: '少了一颗 🍅',
  notifyUrl: PREPARE.notifyUrl,
};

export const REFUND: RefundFacts = {
  reference: REFUND_REQUEST.reference,
  paymentReference: REFERENCE,
  paymentProviderReference: TRADE.providerReference,
  amount: REFUND_REQUEST.amount,
  total: REFUND_REQUEST.total,
  refundedAt: new Date('2026-11-23T03:59:50.000Z'),
};

export const OTHER_REFUND: RefundFacts = {
  ...REFUND,
  reference: 'contract_refund_02',
  paymentReference: OTHER_REFERENCE,
  amount: money(777),
};
