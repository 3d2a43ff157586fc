import { ORDINARY_PACE, type Pace, type Snapshot } from '@hutong/payment-port';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAttempt } from './check-attempt.js';
import type { CoreContext } from './core-context.js';
import type { Attempt } from './payment.js';
import { EXPIRY_GRACE_MS, nextAttemptCheck } from './polling-plan.js';

const OPENED = Date.parse('2026-11-23T04:00:00Z');
const DAY_MS = 86_400_000;

/** How many questions a plan allows until a moment, counted on the ladder itself: every step as short as jitter makes it. */
function allowed(pace: Pace, untilMs: number, expiryMs: number): number {
  const overdue = expiryMs + EXPIRY_GRACE_MS + DAY_MS;
  // The first, the one at the end of the expiry, and the one that a person is told of.
  let count = 3;
  for (let at = 0, step = 0; ; step++) {
    const stepMs = (pace.orderStepsS[Math.min(step, pace.orderStepsS.length - 1)] ?? 0) * 900;
    at += at >= overdue ? DAY_MS * 0.9 : stepMs;
    if (at > untilMs) return count;
    count++;
  }
}

/** What a provider may say for ever without ending anything, or no answer at all. */
const ANSWERS: readonly (Snapshot | 'silence')[] = [{ state: 'awaiting_payer' }, { state: 'processing' }, 'silence'];

/** Looks after one attempt, a worker coming by whenever it is due (and late by so much), and notes when it asked. */
async function lookAfter(
  pace: Pace,
  expiryMs: number,
  horizonMs: number,
  turns: readonly { answer: number; lateMs: number }[],
) {
  const asked: number[] = [];
  const alerts: number[] = [];
  let now = OPENED;
  let attempt = {
    id: 'att_1',
    app: 'shop',
    paymentId: 'pay_1',
    method: 'wire_scan',
    provider: 'wire',
    status: 'awaiting_payer',
    createdAt: new Date(OPENED),
    expiresAt: new Date(OPENED + expiryMs),
    nextCheckAt: new Date(OPENED),
    checks: 0,
  } as Attempt;
  const query = async (): Promise<Snapshot> => {
    const answer = ANSWERS[turns[asked.length % turns.length]!.answer];
    asked.push(now - OPENED);
    if (answer === 'silence' || answer === undefined) throw new Error('no answer');
    return answer;
  };
  const core = {
    clock: { now: () => new Date(now) },
    providers: {
      connect: () => ({ payee: 'p', payments: { prepare: {}, query } }),
      method: () => undefined,
      pace: () => pace,
    },
    report: () => undefined,
    stores: {
      config: { findAccount: async () => ({}) },
      payments: {
        scheduleAttempt: async (_id: string, nextCheckAt: Date | null, alert?: { at: Date }) => {
          if (alert !== undefined) alerts.push(now - OPENED);
          attempt = { ...attempt, checks: attempt.checks + 1, ...(alert && { alertedAt: alert.at }) };
          attempt = { ...attempt, ...(nextCheckAt && { nextCheckAt }) };
        },
      },
    },
  } as unknown as CoreContext;
  for (let turn = 0; ; turn++) {
    now = Math.max(now, attempt.nextCheckAt!.getTime() + turns[turn % turns.length]!.lateMs);
    if (now - OPENED > horizonMs) return { asked, alerts };
    await checkAttempt(core, attempt);
  }
}

/** Plans slow down, as every wire's does. */
const paces = fc.record({
  orderStepsS: fc
    .array(fc.integer({ min: 1, max: 1_800 }), { minLength: 1, maxLength: 10 })
    .map((steps) => [...steps.toSorted((a, b) => a - b), 1_800]),
});
const turns = fc.array(
  fc.record({ answer: fc.nat({ max: ANSWERS.length - 1 }), lateMs: fc.integer({ min: 0, max: 30_000 }) }),
  { minLength: 1, maxLength: 8 },
);

describe('I-26 questions about an attempt', () => {
  it('are never more than its plan, whatever is answered and however long it goes on', async () => {
    const expiries = fc.integer({ min: 60_000, max: 7_200_000 });
    await fc.assert(
      fc.asyncProperty(paces, expiries, turns, async (steps, expiryMs, said) => {
        const pace = { ...ORDINARY_PACE, ...steps };
        const { asked } = await lookAfter(pace, expiryMs, 4 * DAY_MS, said);
        for (const [index, at] of asked.entries()) expect(index + 1).toBeLessThanOrEqual(allowed(pace, at, expiryMs));
      }),
      { numRuns: 60 },
    );
  });

  it('without a final answer a day after their end are shown to a person once, and asked once a day for ever', async () => {
    const { asked, alerts } = await lookAfter(ORDINARY_PACE, 900_000, 10 * DAY_MS, [{ answer: 2, lateMs: 0 }]);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toBeGreaterThanOrEqual(900_000 + EXPIRY_GRACE_MS + DAY_MS);
    const afterwards = asked.filter((at) => at > alerts[0]!);
    expect(afterwards.length).toBeGreaterThanOrEqual(8);
    expect(afterwards.length).toBeLessThanOrEqual(10);
  });
});

describe('the next question', () => {
  it('is a tenth earlier or later at most, the same in every process, and not the same for all', () => {
    const now = new Date(OPENED);
    const next = (id: string, checks: number) =>
      nextAttemptCheck({ id, checks, expiresAt: new Date(OPENED + DAY_MS) }, ORDINARY_PACE, now).getTime() - OPENED;
    const times = Array.from({ length: 200 }, (_, n) => next(`att_${n}`, 3));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(54_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(66_000);
    expect(new Set(times).size).toBeGreaterThan(150);
    expect(times).toEqual(Array.from({ length: 200 }, (_, n) => next(`att_${n}`, 3)));
  });

  it('is asked when the expiry that was sent has passed, since the answer is final then', () => {
    const now = new Date(OPENED);
    const expiresAt = new Date(OPENED + 20_000);
    const next = nextAttemptCheck({ id: 'att_1', checks: 6, expiresAt }, ORDINARY_PACE, now);
    expect(next.getTime()).toBe(OPENED + 20_000 + EXPIRY_GRACE_MS);
  });
});
