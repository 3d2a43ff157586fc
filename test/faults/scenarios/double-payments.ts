import { advanceTo } from '../support/settle.ts';
import { rule } from '../support/fault-plans.ts';
import { ALIPAY, Checkout, WALLET, WECHAT } from '../support/flows.ts';
import type { Body } from '../support/shop.ts';
import type { Scenario, Stage } from '../support/scenario.ts';
import { APART } from './provider-calls.ts';

/** Captures of a payment: how many count, how many are owed back and were sent back. */
async function captures({ cell }: Stage, { payment }: Checkout): Promise<{ accepted: number; returned: number }> {
  const [row] = await cell.rows<{ accepted: number; returned: number }>(
    `SELECT count(*) FILTER (WHERE c.accepted)::int AS accepted,
       count(*) FILTER (WHERE NOT c.accepted AND r.status = 'succeeded')::int AS returned
     FROM captures c LEFT JOIN refunds r ON r.capture_id = c.id AND r.cause = 'obligation' WHERE c.payment_id = $1`,
    [payment.id],
  );
  return row ?? { accepted: 0, returned: 0 };
}

const kept = new WeakMap<Stage, { checkout: Checkout; accepted: number; returned: number }[]>();

/** Said now, looked at when everything is at rest. */
function shouldEnd(stage: Stage, checkout: Checkout, accepted: number, returned: number): void {
  kept.set(stage, [...(kept.get(stage) ?? []), { checkout, accepted, returned }]);
}

async function ended(stage: Stage): Promise<void> {
  for (const { checkout, ...wanted } of kept.get(stage) ?? []) {
    const { accepted, returned } = await captures(stage, checkout);
    const holds = accepted === wanted.accepted && returned === wanted.returned;
    const says = `${accepted} captures count and ${returned} went back, instead of ${wanted.accepted} and ${wanted.returned}`;
    stage.expect(holds, `${checkout.payment.id}: ${says}`);
  }
}

/** Two tries that their payers can both pay: an Alipay link cannot be called back while nobody has opened it. */
async function twoTries(checkout: Checkout): Promise<Body[]> {
  await checkout.create();
  return [await checkout.attempt(ALIPAY), await checkout.attempt(WECHAT)];
}

export const doublePayments: readonly Scenario[] = [
  {
    name: 'double/two_wallets',
    rows: ['F-60'],
    promises: 'of two payments at two wallets the first counts and the other goes back, whichever it was',
    cell: APART,
    async run(stage) {
      for (const turned of [false, true]) {
        const checkout = new Checkout(stage.cell, 'eleme', stage.draws);
        const tries = await twoTries(checkout);
        for (const it of turned ? tries.toReversed() : tries) await checkout.confirm(await checkout.open(it));
        shouldEnd(stage, checkout, 1, 1);
      }
    },
    after: ended,
  },
  {
    name: 'double/same_moment',
    rows: ['F-61'],
    promises: 'paid at two wallets in one moment: one counts, one goes back, every time',
    cell: { roles: ['api', 'api', 'worker', 'worker'] },
    async run(stage) {
      let twice = 0;
      const checkouts = Array.from({ length: 20 }, () => new Checkout(stage.cell, 'eleme', stage.draws));
      await Promise.all(
        checkouts.map(async (checkout) => {
          const tries = await twoTries(checkout);
          const trades = await Promise.all(tries.map((it) => checkout.open(it)));
          const moved = await Promise.all(trades.map((trade) => checkout.confirm(trade)));
          await Promise.all([checkout.show(true), checkout.show(true)]);
          const times = moved.filter(Boolean).length;
          twice += Math.max(0, times - 1);
          shouldEnd(stage, checkout, Math.min(times, 1), Math.max(0, times - 1));
        }),
      );
      stage.note(`${twice} paid twice`);
      stage.expect(twice > 5, `only ${twice} were paid twice: hardly anything was tested`);
    },
    after: ended,
  },
  {
    name: 'double/one_wallet_twice',
    rows: ['F-62', 'F-71'],
    promises: 'three payers pay three links of one order: one counts, two go back',
    cell: APART,
    async run(stage) {
      const checkout = new Checkout(stage.cell, 'eleme', stage.draws);
      await checkout.create();
      const tries: Body[] = [];
      for (const id of ['anna', 'bert', 'cleo']) tries.push(await checkout.attempt(ALIPAY, { payer: { id } }));
      await Promise.all(tries.map(async (it) => checkout.confirm(await checkout.open(it))));
      shouldEnd(stage, checkout, 1, 2);
    },
    after: ended,
  },
  {
    name: 'double/left_over',
    rows: ['F-65', 'F-66', 'I-18'],
    promises: 'a second try that nobody paid ends with its time, although its order was paid by the first',
    cell: APART,
    async run(stage) {
      const checkout = new Checkout(stage.cell, 'eleme', stage.draws);
      const [first] = await twoTries(checkout);
      await checkout.confirm(await checkout.open(first));
      shouldEnd(stage, checkout, 1, 0);
    },
    after: ended,
  },
  {
    name: 'double/between_question_and_close',
    rows: ['F-64'],
    promises:
      'who pays while the order is being canceled has paid, or gets it back; it is never closed with money in it',
    cell: APART,
    async run(stage) {
      const { cell } = stage;
      const silence = rule({ operation: 'notification' }, 'before', 'drop');
      for (const way of [WECHAT, ALIPAY, WALLET]) {
        const checkout = new Checkout(cell, way.app, stage.draws);
        await checkout.create();
        const trade = await checkout.open(await checkout.attempt(way));
        cell.faults([silence, rule({ operation: 'close' }, 'before', 'delay', { ms: 400, times: 1 })]);
        const canceling = checkout.cancel();
        await checkout.confirm(trade);
        await canceling;
        cell.faults([]);
      }
    },
  },
  {
    name: 'double/confirmed_before_the_close',
    rows: ['F-64', 'F-46'],
    promises: 'a payer who had confirmed just before the close arrived is paid back',
    cell: APART,
    async run(stage) {
      for (const way of [WECHAT, ALIPAY]) {
        const checkout = new Checkout(stage.cell, way.app, stage.draws);
        await checkout.create();
        const trade = await checkout.open(await checkout.attempt(way));
        await checkout.cancel();
        await checkout.confirm(trade, { force: true });
        shouldEnd(stage, checkout, 0, 1);
      }
    },
    after: ended,
  },
  {
    name: 'double/at_the_last_second',
    rows: ['F-66'],
    promises: 'paid a second before or after its expiry, an order ends as its wallet says',
    cell: APART,
    async run(stage) {
      const { cell, draws } = stage;
      for (const way of [WECHAT, ALIPAY, WALLET]) {
        for (const ms of [-1_000, 0, 1_000]) {
          const checkout = new Checkout(cell, way.app, draws);
          const { expires_at: end } = await checkout.create({ expires_in: 60 });
          const attempt = await checkout.attempt(way);
          const trade = await checkout.open(attempt);
          await advanceTo(cell, Date.parse(end) + ms);
          await checkout.confirm(trade);
        }
      }
    },
  },
  {
    name: 'double/obligation_refused',
    rows: ['F-68'],
    promises: 'what is owed back and cannot be sent is tried again, and never forgotten',
    cell: APART,
    async run(stage) {
      const { cell } = stage;
      const checkout = new Checkout(cell, 'eleme', stage.draws);
      const tries = await twoTries(checkout);
      cell.faults([rule({ operation: 'refund' }, 'before', 'status', { status: 500, times: 3 })]);
      for (const it of tries) await checkout.confirm(await checkout.open(it));
      await checkout.show(true);
      for (let step = 1; step <= 3; step++) {
        await cell.advance(60_000);
        await checkout.show(true);
      }
      shouldEnd(stage, checkout, 1, 1);
    },
    after: ended,
  },
];
