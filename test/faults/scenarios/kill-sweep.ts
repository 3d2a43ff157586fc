import type { CellOptions } from '../support/cell.ts';
import { FLOWS } from '../support/flows.ts';
import { KILL_POINTS } from '../support/kill-points.ts';
import type { KillPlan } from '../support/kill-plan.ts';
import type { Scenario, Stage } from '../support/scenario.ts';
import { allFlows } from '../support/all-flows.ts';

const CELL: CellOptions = { roles: ['both'] };

/** Ends the one process at its point while every flow is under way; its successor finds what it left. */
async function killDuringFlows(stage: Stage, plan: KillPlan): Promise<void> {
  const { cell, draws } = stage;
  const victim = await cell.arm(plan);
  await allFlows(cell, draws, FLOWS);
  stage.note(victim.hit ? 'killed' : 'killed on the way to rest, or not reached');
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
