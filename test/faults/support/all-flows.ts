import { pause, type Cell } from './cell.ts';
import type { Flow } from './flows.ts';
import type { Draws } from './random.ts';

/** Plays flows at once, time going on beside them. */
export async function allFlows(cell: Cell, draws: Draws, flows: Readonly<Record<string, Flow>>): Promise<void> {
  const play = Object.entries(flows).map(([name, flow]) => flow(cell, draws.branch(name)));
  await withTimePassing(cell, Promise.all(play));
}

/** Whenever a process was replaced, its successor gets the time that the leases of the dead one last. */
export async function withTimePassing(cell: Cell, work: Promise<unknown>): Promise<void> {
  const state = { playing: true };
  const time = passTime(cell, state);
  try {
    await work;
  } finally {
    state.playing = false;
    await time;
  }
}

async function passTime(cell: Cell, state: { readonly playing: boolean }): Promise<void> {
  for (let { restarts } = cell; state.playing; await pause(50)) {
    if (restarts === cell.restarts) continue;
    ({ restarts } = cell);
    await cell.revived();
    await cell.passLeases();
    await cell.advance(31_000);
  }
}
