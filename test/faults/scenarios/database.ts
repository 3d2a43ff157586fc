import pg from 'pg';
import { allFlows } from '../support/all-flows.ts';
import { pause, type CellOptions } from '../support/cell.ts';
import { Checkout, FLOWS, WECHAT, type Flow } from '../support/flows.ts';
import type { Draws } from '../support/random.ts';
import type { Scenario, Stage } from '../support/scenario.ts';

const CUTTABLE: CellOptions = { roles: ['api', 'worker'], cuttable: true };

/** The same flows several times over, so that something is always under way. */
function load(times: number): Readonly<Record<string, Flow>> {
  const copies = Array.from({ length: times }, (_, copy) =>
    Object.entries(FLOWS).map(([name, flow]) => [`${name}/${copy}`, flow] as const),
  );
  return Object.fromEntries(copies.flat());
}

/** Strikes again and again while the flows are under way. */
async function under(stage: Stage, times: number, strike: (draws: Draws) => Promise<void> | void): Promise<void> {
  const { cell, draws } = stage;
  const state = { playing: true };
  let strikes = 0;
  const striking = (async () => {
    while (state.playing && strikes < times) {
      await pause(draws.between(200, 600));
      await strike(draws);
      strikes += 1;
    }
  })();
  await allFlows(cell, draws, load(3));
  state.playing = false;
  await striking;
  stage.note(`${strikes} strikes`);
}

/** Recognises a statement by its words on the wire. */
const says =
  (words: RegExp) =>
  (sent: Buffer): boolean =>
    words.test(sent.toString('latin1'));

/** Where a commit may be in doubt: the transactions of interactive writes, and the statements that commit by themselves. */
const COMMITS: Readonly<Record<string, RegExp>> = {
  transaction: /COMMIT/,
  settle_capture: /INTO captures/,
  open_attempt: /INTO attempts/,
  inbox: /INSERT INTO "public"."notifications"/,
  idempotency: /UPDATE "public"."idempotency_keys"/,
  claim_due: /claimed_attempts/,
  deliveries: /webhook_deliveries/,
};

export const database: readonly Scenario[] = [
  ...Object.entries(COMMITS).map(([what, words]): Scenario => ({
    name: `database/doubtful_commit/${what}`,
    rows: ['F-94'],
    promises: `a commit (${what}) whose answer is cut off is read again, never taken for one thing or the other`,
    cell: CUTTABLE,
    async run(stage) {
      const { cell } = stage;
      const before = cell.wire.cuts;
      await under(stage, 6, () => cell.wire.cutAtAnswer(says(words)));
      const cuts = cell.wire.cuts - before;
      stage.note(`${cuts} answers cut off`);
      stage.expect(cuts > 0, 'no answer was cut off');
      cell.wire.cutAtAnswer(() => false);
    },
  })),
  {
    name: 'database/connections_cut',
    rows: ['F-92'],
    promises: 'with all connections cut again and again nothing is half done',
    cell: CUTTABLE,
    run: (stage) => under(stage, 5, () => stage.cell.wire.cutAll()),
  },
  {
    name: 'database/backends_terminated',
    rows: ['F-92'],
    promises: 'sessions that the server ends leave whole transactions or none',
    cell: CUTTABLE,
    run: (stage) =>
      under(stage, 5, async () => {
        const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hutong'`;
        await stage.cell.rows(sql);
      }),
  },
  {
    name: 'database/row_held',
    rows: ['F-96'],
    promises: 'a payment that somebody else holds locked is answered in time, and nothing of it half done',
    cell: CUTTABLE,
    async run({ cell, draws, note }) {
      const checkout = new Checkout(cell, 'eleme', draws);
      await checkout.create();
      const trade = await checkout.open(await checkout.attempt(WECHAT));
      const holder = new pg.Client({ connectionString: cell.databaseUrl });
      await holder.connect();
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM payments WHERE id = $1 FOR UPDATE', [checkout.payment.id]);
      await checkout.confirm(trade);
      const started = Date.now();
      await Promise.all([checkout.show(true), pause(7_000)]);
      note(`answered within ${Date.now() - started} ms`);
      await holder.query('ROLLBACK');
      await holder.end();
    },
  },
  {
    name: 'database/stopped',
    rows: ['F-90', 'F-47'],
    promises: 'a server that ends in the middle, and comes back, has all that was answered and nothing by half',
    cell: CUTTABLE,
    alone: true,
    run: (stage) =>
      under(stage, 2, async () => {
        const { server } = stage.cell.ground;
        server.crash();
        await pause(500);
        server.start();
        await pause(1_000);
      }),
  },
  {
    name: 'database/stands_still',
    rows: ['F-93'],
    promises: 'a server that says nothing for seconds loses nothing of what it is asked again',
    cell: CUTTABLE,
    alone: true,
    run: (stage) =>
      under(stage, 1, async () => {
        const pids = stage.cell.ground.server.pids();
        for (const pid of pids) process.kill(pid, 'SIGSTOP');
        await pause(6_000);
        for (const pid of pids) process.kill(pid, 'SIGCONT');
      }),
  },
];
