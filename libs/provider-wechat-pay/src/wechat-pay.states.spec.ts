import { SNAPSHOT_STATES } from '@hutong/payment-port';
import { readState } from '@hutong/provider-kit';
import { describe, expect, it } from 'vitest';
import { isRefundStatus, REFUND_STATES, TRADE_STATES } from './wechat-pay.states.js';

describe('the table of trade states', () => {
  it('answers every documented state with every evidence', () => {
    expect(Object.keys(TRADE_STATES).toSorted()).toEqual(
      ['ACCEPT', 'CLOSED', 'NOTPAY', 'PAYERROR', 'REFUND', 'REVOKED', 'SUCCESS', 'USERPAYING'].toSorted(),
    );
    for (const row of Object.values(TRADE_STATES)) {
      expect(Object.keys(row)).toEqual(['captured', 'partial', 'none']);
      for (const state of Object.values(row)) expect([...SNAPSHOT_STATES, 'unlisted']).toContain(state);
    }
  });

  it('knows one way to be paid: SUCCESS with everything that proves it', () => {
    const paid = Object.entries(TRADE_STATES).flatMap(([state, row]) =>
      Object.entries(row).flatMap(([evidence, ours]) => (ours === 'paid' ? [`${state} ${evidence}`] : [])),
    );
    expect(paid).toEqual(['SUCCESS captured']);
  });

  it('never calls closed or failed what carries a proof of payment', () => {
    for (const { captured } of Object.values(TRADE_STATES))
      expect(['closed', 'failed', 'not_found']).not.toContain(captured);
  });

  it('lists nothing else', () => {
    for (const state of ['', 'success', 'PAID_LATER', 'constructor'])
      expect(readState(TRADE_STATES, state, 'captured')).toBe('unlisted');
  });
});

describe('the table of refund statuses', () => {
  it('answers the four documented ones and no other', () => {
    expect(REFUND_STATES).toEqual({
      PROCESSING: 'processing',
      SUCCESS: 'succeeded',
      CLOSED: 'failed',
      ABNORMAL: 'stuck',
    });
    for (const status of ['', 'success', 'CHANGE', 'toString', undefined]) expect(isRefundStatus(status)).toBe(false);
  });
});
