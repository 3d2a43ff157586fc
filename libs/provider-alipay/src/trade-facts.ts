import { money, type Captured, type Snapshot } from '@hutong/payment-port';
import { readBeijingTime, readState, yuanToFen } from '@hutong/provider-kit';
import { evidenceOf, TRADE_STATES } from './alipay.states.js';
import type { Fields } from './message-fields.js';

/** A query and a notification tell the same facts under different names. */
export interface Wording {
  readonly paymentDate: string;
  /** Where the payer's id may stand, the newest kind of id first. */
  readonly payerIds: readonly string[];
}

/**
 * What a verified message says of a trade. `payee` is whose money box it is; a message that names no currency is in CNY.
 * @throws RangeError when an amount or a time in it is none, or the trade has no number
 */
export function readTrade(fields: Fields, wording: Wording, payee: string): Snapshot | 'unlisted' {
  const paymentDate = fields(wording.paymentDate);
  const evidence = evidenceOf({ paymentDate: paymentDate !== undefined, refundMarks: hasRefundMarks(fields) });
  const state = readState(TRADE_STATES, fields('trade_status') ?? '', evidence);
  switch (state) {
    case 'paid':
      return { state, ...readCaptured(fields, wording, payee) };
    case 'refunded':
      return { state, ...(paymentDate === undefined ? {} : readCaptured(fields, wording, payee)) };
    case 'awaiting_payer':
    case 'closed':
      return { state };
    default:
      return 'unlisted';
  }
}

/** `refund_fee: "0.00"` is no refund. */
export function hasRefundMarks(fields: Fields): boolean {
  const refundFee = fields('refund_fee');
  return fields('gmt_refund') !== undefined || (refundFee !== undefined && !/^0+(?:\.0+)?$/.test(refundFee));
}

function readCaptured(fields: Fields, { paymentDate, payerIds }: Wording, payee: string): Captured {
  const providerReference = fields('trade_no');
  if (providerReference === undefined) throw new RangeError('A paid trade without a trade_no.');
  const payer = payerIds.map(fields).find((id) => id !== undefined);
  return {
    amount: money(yuanToFen(fields('total_amount') ?? '')),
    paidAt: readBeijingTime(fields(paymentDate) ?? ''),
    providerReference,
    payee,
    ...(payer === undefined ? {} : { payer: { id: payer } }),
  };
}
