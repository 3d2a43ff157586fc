import { allFlows } from '../support/all-flows.ts';
import { pause, type CellOptions } from '../support/cell.ts';
import { rule } from '../support/fault-plans.ts';
import { ALIPAY, Checkout, FLOWS, WECHAT } from '../support/flows.ts';
import { killSweepOf } from './kill-sweep.ts';
import type { Scenario, Stage } from '../support/scenario.ts';
import { advanceTo, workedOff } from '../support/settle.ts';

const TWO: CellOptions = { roles: ['api', 'api', 'worker', 'worker'] };

/** Statements of these flows at which the one process ends; the paid transaction is among them, at each of its statements. */
const STATEMENTS = [3, 9, 17, 26, 38, 51, 67, 84, 110, 150];

/** A worker stands still at this point longer than its lease lasts; another one takes over; then it goes on. */
async function standsStill(stage: Stage, point: string, side: 'before' | 'after'): Promise<void> {
  const { cell, draws } = stage;
  const checkouts = [new Checkout(cell, 'eleme', draws), new Checkout(cell, 'eleme', draws)];
  cell.faults([
    rule({ operation: 'notification' }, 'before', 'drop'),
    rule({ operation: 'refund' }, 'before', 'reset', { times: 1 }),
  ]);
  await Promise.all(
    checkouts.map(async (checkout, index) => {
      await checkout.create();
      await checkout.pay(index === 0 ? WECHAT : ALIPAY);
    }),
  );
  await checkouts[0]!.paid();
  await checkouts[0]!.refund(50);
  const worker = await cell.arm({ point, side, nth: 1, signal: 'SIGSTOP' }, 'worker');
  await advanceTo(cell, cell.now().getTime() + 31_000);
  for (let waited = 0; waited < 5_000 && !worker.hit; waited += 100) await pause(100);
  await cell.passLeases();
  await advanceTo(cell, cell.now().getTime() + 60_000);
  await cell.passLeases();
  await workedOff(cell);
  stage.note(worker.hit ? 'it stood still' : 'the other worker was faster');
  worker.signal('SIGCONT');
  await pause(500);
}

export const processes: readonly Scenario[] = [
  ...STATEMENTS.flatMap((nth) => (['before', 'after'] as const).map((side) => killSweepOf('sql', side, nth, ['F-07']))),
  ...(['before', 'after'] as const).flatMap((side) =>
    ['provider.query', 'provider.refund', 'provider.refund_query'].map((point): Scenario => ({
      name: `stopped/${point}:${side}`,
      rows: ['F-13'],
      promises: `a worker that stands still ${side} ${point} for longer than its lease does no harm when it goes on`,
      cell: TWO,
      run: (stage) => standsStill(stage, point, side),
    })),
  ),
  {
    name: 'processes/crash_loop',
    rows: ['F-12', 'F-126'],
    promises: 'processes that end again and again starve nobody, and lose nothing',
    cell: TWO,
    async run(stage) {
      const { cell, draws } = stage;
      const state = { playing: true };
      const killing = (async () => {
        for (let kills = 0; kills < 6 && state.playing; kills++) {
          await pause(draws.between(300, 900));
          await cell.killAt(draws.between(0, 3));
        }
      })();
      await allFlows(cell, draws, FLOWS);
      state.playing = false;
      await killing;
    },
  },
  {
    name: 'processes/asked_to_stop',
    rows: ['F-15'],
    promises: 'processes that are asked to stop under load lose no request that they took',
    cell: TWO,
    async run(stage) {
      const { cell, draws } = stage;
      const stopping = (async () => {
        for (const gateway of cell.gateways.slice()) {
          await pause(draws.between(300, 700));
          gateway.signal('SIGTERM');
          const ended = gateway.ended.then(() => true);
          stage.expect(await Promise.race([ended, pause(25_000)]).then(Boolean), `${gateway.role} did not stop`);
          stage.expect(gateway.exitCode === 0, `${gateway.role} was cut off: it ended with ${gateway.exitCode}`);
        }
      })();
      await allFlows(cell, draws, FLOWS);
      await stopping;
    },
  },
];
