import { ORDINARY_PACE, type Snapshot } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { checkAttempt } from './check-attempt.js';
import { checkRefund } from './check-refund.js';
import { expirePayment } from './close-payment.js';
import type { CoreContext } from './core-context.js';
import { underLease } from './lease.js';
import type { Attempt, Capture, Payment, Refund } from './payment.js';
import type { Lease, PaymentStore } from './stores/payment.store.js';

const NOW = new Date('2026-11-23T04:00:00Z');
const PAYMENT = { id: 'pay_1', app: 'shop', status: 'open', expiresAt: NOW } as Payment;
const ATTEMPT = {
  id: 'att_1',
  paymentId: 'pay_1',
  method: 'wire_scan',
  scene: 'app',
  provider: 'wire',
  status: 'superseded',
  createdAt: NOW,
  expiresAt: NOW,
  checks: 0,
} as Attempt;
const CAPTURE = { id: 'cap_1', attemptId: 'att_1' } as Capture;
const REFUND = { id: 'ref_1', paymentId: 'pay_1', captureId: 'cap_1', status: 'processing', createdAt: NOW, checks: 0 };

/** A worker whose lease holds for so many renewals, and what it called while it did its work. */
function worker(renewals: number, snapshot: Snapshot = { state: 'awaiting_payer' }) {
  const calls: string[] = [];
  let left = renewals;
  const provider = {
    payee: 'p',
    payments: {
      prepare: {},
      query: async () => (calls.push('query'), snapshot),
      close: async () => (calls.push('close'), 'closed'),
    },
    refunds: {
      query: async () => (calls.push('refund query'), { state: 'not_found' }),
      refund: async () => (calls.push('refund'), { state: 'processing' }),
    },
  };
  const payments = {
    renewLease: async () => left-- > 0,
    underLease: () => payments,
    loadPayment: async () => ({
      payment: PAYMENT,
      attempts: [{ ...ATTEMPT, status: 'awaiting_payer' }],
      captures: [CAPTURE],
    }),
    moveAttempt: async () => true,
    moveRefund: async () => true,
    scheduleAttempt: async () => undefined,
    scheduleRefund: async () => undefined,
    takeRefundTurn: async () => ({ turn: 'now' }),
    closePayment: async () => false,
  } as unknown as PaymentStore;
  const core = {
    clock: { now: () => NOW },
    providers: { connect: () => provider, method: () => undefined, pace: () => ORDINARY_PACE },
    stores: { payments, config: { findAccount: async () => ({}) } },
    notifyUrl: () => 'https://shop.example/',
    report: () => undefined,
  } as unknown as CoreContext;
  return { core: underLease(core, {} as Lease), calls };
}

describe('F-13 a worker whose lease another has taken', () => {
  it('asks, closes and refunds nothing any more', async () => {
    const asking = worker(0);
    await checkAttempt(asking.core, ATTEMPT);
    const closing = worker(0);
    await expirePayment(closing.core, PAYMENT);
    const refunding = worker(0);
    await checkRefund(refunding.core, { ...REFUND, sentAt: NOW } as Refund);
    const sending = worker(0);
    await checkRefund(sending.core, REFUND as Refund);
    expect([asking, closing, refunding, sending].flatMap(({ calls }) => calls)).toEqual([]);
  });

  it('stops between the question and what would have followed from it', async () => {
    const closing = worker(1);
    await checkAttempt(closing.core, ATTEMPT);
    expect(closing.calls).toEqual(['query']);
    const refunding = worker(1);
    await checkRefund(refunding.core, { ...REFUND, sentAt: NOW } as Refund);
    expect(refunding.calls).toEqual(['refund query']);
  });

  it('goes on while its lease holds', async () => {
    const closing = worker(9);
    await checkAttempt(closing.core, ATTEMPT);
    expect(closing.calls).toEqual(['query', 'close']);
    const refunding = worker(9);
    await checkRefund(refunding.core, { ...REFUND, sentAt: NOW } as Refund);
    expect(refunding.calls).toEqual(['refund query', 'refund']);
    const first = worker(9);
    await checkRefund(first.core, REFUND as Refund);
    expect(first.calls).toEqual(['refund']);
  });
});
