import { money, type BillKind, type BillLine, type PrepareRequest, type RefundRequest } from '@hutong/payment-port';
import type { BillFacts, RefundFacts, TradeFacts } from './harness.js';

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

/** The day of every statement here, as the provider's calendar has it: it ends at 16:00 UTC. */
export const BILL_DATE = '2026-11-22';
const DAY_BEGINS = new Date('2026-11-21T16:00:00.000Z');
const DAY_ENDS = new Date('2026-11-22T15:59:59.000Z');

/** Amounts that a float would get wrong, and the smallest and largest. */
const FEN = [1, 29, 113, 1_999, 4_015_045, 100_000_000];

/** A statement of this kind with a row for each awkward amount, from the first second of its day to the last. */
export function billOf(kind: BillKind, changes: Partial<BillFacts> = {}): BillFacts {
  const lines = FEN.flatMap((fen, index) => {
    const at = index === 0 ? DAY_BEGINS : DAY_ENDS;
    return kind === 'trades' ? tradeLines(fen, index, at) : [movementLine(fen, index, at)];
  });
  return { kind, date: BILL_DATE, lines, ...changes };
}

function tradeLines(fen: number, index: number, at: Date): BillLine[] {
  const trade = {
    reference: `contract_payment_${index}`,
    providerReference: `420000156920261122123456789${index}`,
    at,
  };
  const refundReference = `contract_refund_${index}`;
  return [
    { type: 'payment', ...trade, amount: money(fen) },
    { type: 'refund', ...trade, refundReference, amount: money(fen), state: 'succeeded' },
  ];
}

function movementLine(fen: number, index: number, at: Date): BillLine {
  const direction = index % 2 === 0 ? 'in' : 'out';
  return {
    type: 'movement',
    providerReference: `19000092312018020${index}`,
    direction,
    amount: money(fen),
    kind: '交易',
    at,
  };
}
