import type { CloseOutcome } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { checkAttempt } from './check-attempt.js';
import type { CoreContext } from './core-context.js';
import type { Attempt, AttemptStatus } from './payment.js';

const OPENED = Date.parse('2026-11-23T04:00:00Z');
const EXPIRES_S = 900;
const at = (seconds: number) => new Date(OPENED + seconds * 1_000);

/** What a check of an order that its wallet still has open does, so many seconds after it was opened. */
async function checked(seconds: number, status: AttemptStatus, closes: CloseOutcome = 'closed'): Promise<string[]> {
  const done: string[] = [];
  const payments = {
    query: async () => ({ state: 'awaiting_payer' }),
    close: async () => (done.push('close'), closes),
  };
  const core = {
    clock: { now: () => at(seconds) },
    providers: {
      connect: () => ({ payee: 'p', payments }),
      method: () => ({ scenes: { app: 'app_sdk' } }),
      pace: () => ({ orderStepsS: [60], refundStepsS: [60], backgroundPerSecond: 1, refunds: {} }),
    },
    report: (error: unknown) => done.push(String(error)),
    stores: {
      config: { findAccount: async () => ({}) },
      payments: {
        moveAttempt: async (_id: string, to: string) => (done.push(to), true),
        scheduleAttempt: async () => void done.push('asked again'),
      },
    },
  } as unknown as CoreContext;
  const attempt = { id: 'att_1', method: 'm', provider: 'a_wallet', scene: 'app', status, checks: 9 };
  await checkAttempt(core, { ...attempt, createdAt: at(0), expiresAt: at(EXPIRES_S) } as unknown as Attempt);
  return done;
}

describe('an order that its wallet still has open', () => {
  it.each(['awaiting_payer', 'unknown'] as const)(
    'and that is %s here is asked about until its time is over',
    async (status) => {
      expect(await checked(EXPIRES_S - 1, status)).toEqual(['asked again']);
    },
  );

  it.each(['awaiting_payer', 'unknown', 'superseded'] as const)(
    'is closed there, from %s, once its time is over',
    async (status) => {
      expect(await checked(EXPIRES_S + 10, status)).toEqual(['close', 'closed']);
    },
  );

  it('stays watched when the close finds that the payer was faster', async () => {
    expect(await checked(EXPIRES_S + 10, 'awaiting_payer', 'already_paid')).toEqual(['close', 'asked again']);
  });
});
