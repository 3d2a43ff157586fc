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

/** Points that these flows do not pass: what friends do, and what needs a mismatch. */
const ELSEWHERE = new Set([
  'friends.insertRequest',
  'friends.hold',
  'friends.cancelRequest',
  'friends.openAttempt',
  'payments.appendEvent',
  'impressions.addImpression',
  'idempotency.release',
]);

export const killSweep: readonly Scenario[] = KILL_POINTS.filter(({ point }) => !ELSEWHERE.has(point)).flatMap(
  ({ point, side }) =>
    [1, 2].map((nth): Scenario => {
      const plan: KillPlan = { point, side, nth, signal: 'SIGKILL' };
      return {
        name: `kill/${point}:${side}:${nth}`,
        rows: ['F-01', 'F-02', 'F-03', 'F-04', 'F-05', 'F-06', 'F-08', 'F-09', 'F-10', 'F-11'],
        promises: `a process that ends ${side} ${point} (${nth}.) loses nothing and does nothing twice`,
        cell: CELL,
        run: (stage) => killDuringFlows(stage, plan),
        after: async (stage) =>
          stage.expect(victims.get(stage)?.hit === true, `${point} was never passed ${nth} times: nothing was tested`),
      };
    }),
);
