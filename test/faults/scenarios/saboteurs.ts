import { allFlows } from '../support/all-flows.ts';
import { FLOWS } from '../support/flows.ts';
import { SABOTEURS } from '../support/saboteurs.ts';
import type { Scenario } from '../support/scenario.ts';
import { ANSWERS_LOST } from '../support/fault-plans.ts';

/** The suite has to see that something is wrong; a suite that cannot fail proves nothing. */
export const saboteurs: readonly Scenario[] = Object.entries(SABOTEURS).map(([name, { does, breaks }]): Scenario => ({
  name: `saboteur/${name}`,
  rows: ['MUT'],
  promises: `a gateway that ${does} is found out (${breaks.join(' or ')})`,
  cell: { roles: ['both'], saboteur: name },
  breaks,
  async run({ cell, draws }) {
    cell.faults(ANSWERS_LOST);
    // An endpoint that refuses at first is what a lost webhook looks like.
    cell.receiver.refuse = (nth) => nth <= 5;
    await allFlows(cell, draws, FLOWS);
  },
}));
