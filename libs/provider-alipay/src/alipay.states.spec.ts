import { SNAPSHOT_STATES } from '@hutong/payment-port';
import { readState, type StateTable } from '@hutong/provider-kit';
import { describe, expect, it } from 'vitest';
import { evidenceOf, TRADE_STATES, type Evidence, type TradeStatus } from './alipay.states.js';

const EVIDENCE: readonly Evidence[] = ['unpaid', 'paid', 'unpaid_refund_marks', 'paid_refund_marks'];

describe('what a trade_status means', () => {
  it('says something of every status beside every piece of evidence', () => {
    expect(Object.keys(TRADE_STATES)).toEqual(['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_FINISHED', 'TRADE_CLOSED']);
    for (const row of Object.values(TRADE_STATES)) {
      expect(Object.keys(row)).toEqual(EVIDENCE);
      for (const state of Object.values(row)) expect([...SNAPSHOT_STATES, 'unlisted']).toContain(state);
    }
  });

  it('does not compile with a cell missing', () => {
    const { WAIT_BUYER_PAY, TRADE_SUCCESS, TRADE_FINISHED } = TRADE_STATES;
    // @ts-expect-error TRADE_CLOSED is missing
    const incomplete: StateTable<TradeStatus, Evidence> = { WAIT_BUYER_PAY, TRADE_SUCCESS, TRADE_FINISHED };
    expect(Object.keys(incomplete)).toHaveLength(3);
  });

  it('calls a trade paid only with a payment date and without marks of a refund', () => {
    const paid = Object.entries(TRADE_STATES).flatMap(([status, row]) =>
      EVIDENCE.filter((evidence) => row[evidence] === 'paid').map((evidence) => `${status} ${evidence}`),
    );
    expect(paid).toEqual(['TRADE_SUCCESS paid', 'TRADE_FINISHED paid']);
  });

  it('calls a trade closed only when nothing says that it was ever paid', () => {
    const closed = Object.entries(TRADE_STATES).flatMap(([status, row]) =>
      EVIDENCE.filter((evidence) => row[evidence] === 'closed').map((evidence) => `${status} ${evidence}`),
    );
    expect(closed).toEqual(['TRADE_CLOSED unpaid']);
  });

  it('knows no other status', () => {
    for (const status of ['TRADE_PENDING', '', 'toString', 'trade_success']) {
      expect(readState(TRADE_STATES, status, 'paid')).toBe('unlisted');
    }
  });

  it('names the evidence by what is there', () => {
    expect(evidenceOf({ paymentDate: false, refundMarks: false })).toBe('unpaid');
    expect(evidenceOf({ paymentDate: true, refundMarks: false })).toBe('paid');
    expect(evidenceOf({ paymentDate: false, refundMarks: true })).toBe('unpaid_refund_marks');
    expect(evidenceOf({ paymentDate: true, refundMarks: true })).toBe('paid_refund_marks');
  });
});
