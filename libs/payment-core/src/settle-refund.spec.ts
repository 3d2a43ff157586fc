import { money, type RefundSnapshot } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import type { CoreContext } from './core-context.js';
import type { Refund } from './payment.js';
import { settleRefund } from './settle-refund.js';

const REFUND = {
  id: 'ref_1',
  app: 'shop',
  paymentId: 'pay_1',
  amount: money(333),
  cause: 'merchant',
  checks: 0,
} as Refund;

/** What becomes of a refund that the provider speaks of like this: each move with its event. */
async function movesAfter(snapshot: RefundSnapshot, refund: Refund = REFUND): Promise<unknown[]> {
  const moves: unknown[] = [];
  const payments = {
    moveRefund: async (_id: string, to: string, change: object, event: { type: string }) => {
      moves.push([to, change, event.type]);
      return true;
    },
    scheduleRefund: async (_id: string, at: Date | null) => void moves.push(['asked again', at]),
  };
  const core = { stores: { payments }, clock: { now: () => new Date(0) } } as unknown as CoreContext;
  await settleRefund(core, refund, snapshot);
  return moves;
}

describe('settleRefund', () => {
  it('hands a refund that is stuck to a person, its money still reserved, and asks no more', async () => {
    const change = { code: 'ABNORMAL', nextCheckAt: null };
    expect(await movesAfter({ state: 'stuck', code: 'ABNORMAL' })).toEqual([
      ['needs_review', change, 'refund.needs_review'],
    ]);
  });

  it('calls one that the provider gave up failed, unless it is owed: that waits for a person too', async () => {
    const closed = { state: 'failed', code: 'CLOSED' } as const;
    expect(await movesAfter(closed)).toMatchObject([['failed', { code: 'CLOSED' }, 'refund.failed']]);
    const owed = { ...REFUND, cause: 'obligation' } as Refund;
    expect(await movesAfter(closed, owed)).toMatchObject([['needs_review', { code: 'CLOSED' }, 'refund.needs_review']]);
  });

  it('asks again about one that is under way', async () => {
    expect(await movesAfter({ state: 'processing' })).toEqual([['asked again', new Date(5_000)]]);
  });
});
