import { money, ORDINARY_PACE, type RefundSnapshot } from '@hutong/payment-port';
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
  status: 'processing',
  createdAt: new Date(0),
  checks: 0,
} as Refund;

/** What becomes of a refund that the provider speaks of like this: each move with its event. */
async function movesAfter(snapshot: RefundSnapshot, refund: Refund = REFUND): Promise<unknown[]> {
  const moves: unknown[] = [];
  const payments = {
    moveRefund: async (_id: string, to: string, change: object, event?: { type: string }) => {
      moves.push([to, change, event?.type]);
      return true;
    },
    scheduleRefund: async (_id: string, at: Date | null) => void moves.push(['asked again', at]),
  };
  const core = {
    stores: { payments },
    providers: { pace: () => ORDINARY_PACE },
    clock: { now: () => new Date(0) },
  } as unknown as CoreContext;
  await settleRefund(core, { refund, provider: 'wire' }, snapshot);
  return moves;
}

const hours = (at: Date): number => at.getTime() / 3_600_000;

describe('settleRefund', () => {
  it('hands a refund that is stuck to a person, its money still reserved, and asks once a day from then on', async () => {
    const [[to, change, event]] = (await movesAfter({ state: 'stuck', code: 'ABNORMAL' })) as [
      [string, { code: string; nextCheckAt: Date }, string],
    ];
    expect([to, change.code, event]).toEqual(['needs_review', 'ABNORMAL', 'refund.needs_review']);
    expect(hours(change.nextCheckAt)).toBeCloseTo(24, -1);
    const waiting = { ...REFUND, status: 'needs_review', alertedAt: new Date(0) } as Refund;
    const [[again, at]] = (await movesAfter({ state: 'stuck', code: 'ABNORMAL' }, waiting)) as [[string, Date]];
    expect(again).toBe('asked again');
    expect(hours(at)).toBeCloseTo(24, -1);
  });

  it('calls one that the provider gave up failed, unless it is owed: that waits for a person too', async () => {
    const closed = { state: 'failed', code: 'CLOSED' } as const;
    expect(await movesAfter(closed)).toMatchObject([['failed', { code: 'CLOSED' }, 'refund.failed']]);
    const owed = { ...REFUND, cause: 'obligation' } as Refund;
    expect(await movesAfter(closed, owed)).toMatchObject([['needs_review', { code: 'CLOSED' }, 'refund.needs_review']]);
  });

  it('asks again about one that is under way', async () => {
    const [[what, at]] = (await movesAfter({ state: 'processing' })) as [[string, Date]];
    expect(what).toBe('asked again');
    expect(Math.abs(at.getTime() - 5_000)).toBeLessThanOrEqual(500);
  });

  it('knows one of unknown outcome to be under way once its provider says so', async () => {
    const unknown = { ...REFUND, status: 'unknown' } as Refund;
    expect(await movesAfter({ state: 'processing' }, unknown)).toMatchObject([['processing', {}, undefined]]);
  });

  it('shows one that is under way for longer than any wire takes to a person, once', async () => {
    const old = { ...REFUND, createdAt: new Date(-8 * 86_400_000) };
    const change = { code: 'no_final_answer', alertedAt: new Date(0) };
    expect(await movesAfter({ state: 'processing' }, old)).toMatchObject([
      ['needs_review', change, 'refund.needs_review'],
    ]);
    const told = { ...old, status: 'needs_review', alertedAt: new Date(-1) } as Refund;
    expect(await movesAfter({ state: 'processing' }, told)).toMatchObject([['asked again', {}]]);
  });
});
