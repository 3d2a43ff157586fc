import type { FaultRule } from '@hutong/sandbox';
import type { CellOptions } from '../support/cell.ts';
import { ANSWERS_LOST, REFUNDS_UNHEARD, rule } from '../support/fault-plans.ts';
import { FLOWS } from '../support/flows.ts';
import { KILL_POINTS } from '../support/kill-points.ts';
import type { KillPlan } from '../support/kill-plan.ts';
import type { Scenario, Stage } from '../support/scenario.ts';
import { nextSteps } from '../support/settle.ts';
import { allFlows, withTimePassing } from '../support/all-flows.ts';

const CELL: CellOptions = { roles: ['both'] };

const OTHER_AMOUNT = [rule({ operation: 'notification' }, 'before', 'wrong_amount', { times: 4 })];

/** What leads to points that nothing passes while all goes well. */
const LEADING_TO: Readonly<Record<string, readonly FaultRule[]>> = {
  'payments.raiseReview': OTHER_AMOUNT,
  'payments.renewLease': ANSWERS_LOST,
  'payments.takeRefundTurn': ANSWERS_LOST,
  'provider.refund_query': REFUNDS_UNHEARD,
};

/** Ends the one process at its point while every flow is under way, or at its later work; its successor finds what it left. */
async function killDuringFlows(stage: Stage, plan: KillPlan): Promise<void> {
  const { cell, draws } = stage;
  cell.faults(LEADING_TO[plan.point] ?? []);
  const victim = await cell.arm(plan);
  await allFlows(cell, draws, FLOWS);
  if (!victim.hit)
    await withTimePassing(
      cell,
      nextSteps(cell, () => victim.hit),
    );
  stage.note(victim.hit ? 'killed' : 'not reached');
  victims.set(stage, victim);
}

const victims = new WeakMap<Stage, { readonly hit: boolean }>();

/** Points that these flows do not pass: what friends do, daily statements, a mismatch, a list that is shown, an answer that is not final. */
const ELSEWHERE = new Set([
  'friends.insertRequest',
  'friends.hold',
  'friends.cancelRequest',
  'friends.openAttempt',
  'payments.appendEvent',
  'impressions.addImpression',
  'idempotency.release',
]);

/** Rows of the catalogue that a point plays beside the sweep itself. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  'idempotency.claim:after': ['F-01'],
  'payments.openAttempt:after': ['F-02'],
  'provider.prepare:before': ['F-02'],
  'provider.prepare:after': ['F-03', 'F-04'],
  'inbox.receive:after': ['F-05'],
  'provider.acknowledge:before': ['F-05'],
  'provider.acknowledge:after': ['F-06'],
  'payments.settleCapture:after': ['F-07', 'F-10'],
  'webhooks.claimDeliveries:after': ['F-126'],
  'webhooks.finishAttempt:before': ['F-08'],
  'payments.insertRefund:after': ['F-09'],
  'provider.refund:before': ['F-09'],
  'provider.refund:after': ['F-09'],
  'payments.moveRefund:after': ['F-09'],
};

/** The scenario of one point. */
export function killSweepOf(
  point: string,
  side: KillPlan['side'],
  nth: number,
  rows: readonly string[] = [],
): Scenario {
  return {
    name: `kill/${point}:${side}:${nth}`,
    rows: [...(ROWS[`${point}:${side}`] ?? []), ...rows, 'F-11'],
    promises: `a process that ends ${side} ${point}, the ${nth}. time, loses nothing and does nothing twice`,
    cell: CELL,
    run: (stage) => killDuringFlows(stage, { point, side, nth, signal: 'SIGKILL' }),
    after: async (stage) =>
      stage.expect(victims.get(stage)?.hit === true, `${point} was not passed ${nth} times: nothing was tested`),
  };
}

export const killSweep: readonly Scenario[] = [1, 2].flatMap((nth) =>
  KILL_POINTS.filter(({ point }) => !ELSEWHERE.has(point) && !point.startsWith('reconciliations.')).map(
    ({ point, side }) => killSweepOf(point, side, nth),
  ),
);
