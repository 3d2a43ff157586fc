import { ORDINARY_PACE, type CloseOutcome, type NextAction, type Snapshot } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { checkAttempt } from './check-attempt.js';
import type { CoreContext } from './core-context.js';
import type { Attempt } from './payment.js';

const OPENED = Date.parse('2026-11-23T04:00:00Z');
const at = (seconds: number) => new Date(OPENED + seconds * 1_000);

/** A payer types the password for 45 s at most; the payment itself is open for 15 minutes. */
const WAITING: NextAction = { type: 'await_payer', pollAfterMs: 5_000, expiresAt: at(45) };
const CODE: NextAction = { type: 'show_qr_code', content: 'x', expiresAt: at(45) };

interface Script {
  readonly nextAction?: NextAction;
  readonly status?: Attempt['status'];
  readonly snapshot?: Snapshot;
  readonly closes?: CloseOutcome;
  readonly checks?: number;
  readonly method?: string;
}

/** What a check of an attempt does so many seconds after it was opened. */
async function checked(seconds: number, script: Script = {}): Promise<unknown[]> {
  const { nextAction = WAITING, status = 'awaiting_payer', checks = 0 } = script;
  const done: unknown[] = [];
  const payments = {
    query: async () => script.snapshot ?? { state: 'awaiting_payer' },
    close: async () => (done.push('close'), script.closes ?? 'closed'),
  };
  const core = {
    clock: { now: () => at(seconds) },
    providers: {
      connect: () => ({ payee: 'p', payments }),
      pace: () => ORDINARY_PACE,
      method: (id: string) => ({ scenes: { in_store: id === 'barcode' ? 'payer_code' : 'qr_code' } }),
    },
    report: (error: unknown) => done.push(error),
    stores: {
      config: { findAccount: async () => ({}) },
      payments: {
        moveAttempt: async (_id: string, to: string) => (done.push(to), true),
        scheduleAttempt: async (_id: string, next: Date | null) =>
          void done.push(next === null ? 'never again' : (next.getTime() - OPENED) / 1_000),
      },
    },
  } as unknown as CoreContext;
  const about = {
    id: 'att_1',
    method: script.method ?? 'barcode',
    provider: 'a_wallet',
    scene: 'in_store',
    createdAt: at(0),
    expiresAt: at(900),
  } as const;
  const action = status === 'unknown' ? {} : { nextAction };
  await checkAttempt(core, { ...about, ...action, status, checks } as Attempt);
  return done;
}

/** As its polling plan says, give or take a tenth. */
const aMinuteLater = expect.closeTo(120, -1.1) as number;

describe("a payer's code that awaits its password", () => {
  it('is asked about as often as its wallet wants, and just when the wait is over', async () => {
    expect(await checked(5)).toEqual([10]);
    expect(await checked(40, { checks: 7 })).toEqual([45]);
    expect(await checked(52, { checks: 9 })).toEqual([55]);
  });

  it('is closed when it is still unpaid ten seconds after its time, not before', async () => {
    expect(await checked(54)).not.toContain('close');
    expect(await checked(55)).toEqual(['close', 'closed']);
  });

  it('is never closed without a question just before, nor when the answer is that the payer was faster', async () => {
    for (const state of ['processing', 'not_found'] as const)
      expect(await checked(60, { snapshot: { state } })).not.toContain('close');
    const refunded: Snapshot = { state: 'refunded' };
    expect(await checked(60, { snapshot: refunded, status: 'paid' })).not.toContain('close');
  });

  it.each(['already_paid', 'not_found'] as const)(
    'that answers %s to the close is asked about again soon',
    async (closes) => {
      expect(await checked(60, { closes, checks: 12 })).toEqual(['close', 65]);
    },
  );

  it('is insisted on for a minute, then watched as any other attempt', async () => {
    expect(await checked(114, { closes: 'not_found', checks: 20 })).toEqual(['close', 119]);
    expect(await checked(115, { closes: 'not_found', checks: 20 })).toEqual(['close', 910]);
  });

  it('whose charge was never answered is closed just so, a minute after it was opened', async () => {
    const lost = { status: 'unknown', checks: 7 } as const;
    expect(await checked(58, lost)).toEqual([60]);
    expect(await checked(60, lost)).toEqual(['close', 'closed']);
    expect(await checked(60, { ...lost, checks: 3, method: 'a_scan' })).toEqual([aMinuteLater]);
  });

  it('is what this is about: a code that the payer scans is left until its payment ends', async () => {
    expect(await checked(60, { nextAction: CODE, checks: 3 })).toEqual([aMinuteLater]);
  });
});
