import { ORDINARY_PACE } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import type { CoreContext } from './core-context.js';
import type { Payment } from './payment.js';
import type { Due, DueQuery, PaymentStore } from './stores/payment.store.js';
import { workDue } from './work-due.js';

const NOTHING: Due = { attempts: [], refunds: [], expired: [] };

/** A core whose store answers this to a claim, with what was asked of it and what was reported. */
function coreWith(due: Due, closes: PaymentStore['closePayment'] = async () => true) {
  const asked: DueQuery[] = [];
  const reported: unknown[] = [];
  const payments = {
    claimDue: async (query: DueQuery) => (asked.push(query), due),
    underLease: () => payments,
    loadPayment: async () => undefined,
    closePayment: closes,
  } as unknown as PaymentStore;
  const core = {
    clock: { now: () => new Date(0) },
    providers: { installed: () => ['wire', 'thread'], pace: () => ({ ...ORDINARY_PACE, backgroundPerSecond: 7 }) },
    stores: { payments },
    report: (_: unknown, details: object) => void reported.push(details),
  } as unknown as CoreContext;
  return { core, asked, reported };
}

describe('a round', () => {
  it('of a provider claims its own work, and no more than its pace: F-153 a backlog drains, and floods nobody', async () => {
    const { core, asked } = coreWith(NOTHING);
    await workDue(core, 'wire');
    expect(asked).toMatchObject([{ part: { at: 'wire' }, limit: 7 }]);
  });

  it('of the rest claims what none of the installed providers has', async () => {
    const { core, asked } = coreWith(NOTHING);
    await workDue(core);
    expect(asked).toMatchObject([{ part: { besides: ['wire', 'thread'] } }]);
  });

  it('goes on with the others when one row fails, and says which', async () => {
    const closed: string[] = [];
    const closes = async (id: string) => {
      if (id === 'pay_1') throw new Error('no');
      return closed.push(id) > 0;
    };
    const expired = ['pay_1', 'pay_2', 'pay_3'].map((id) => ({
      row: { id, app: 'shop' } as Payment,
      lease: { kind: 'payment', id, number: 1 } as const,
    }));
    const { core, reported } = coreWith({ ...NOTHING, expired }, closes);
    expect(await workDue(core)).toBe(3);
    expect(closed).toEqual(['pay_2', 'pay_3']);
    expect(reported).toEqual([{ doing: 'due work', payment_id: 'pay_1' }]);
  });
});
