import { pause } from '../support/cell.ts';
import { rule } from '../support/fault-plans.ts';
import { ALIPAY, Checkout, WAYS, WECHAT, type Way } from '../support/flows.ts';
import type { Scenario, Stage } from '../support/scenario.ts';
import { APART } from './provider-calls.ts';

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Pays at the wallet while its messages are lost, and answers what was sent about it. */
async function paidInSilence(stage: Stage, way: Way): Promise<{ checkout: Checkout; sent: Sent }> {
  const { cell } = stage;
  const checkout = new Checkout(cell, way.app, stage.draws);
  await checkout.create();
  const attempt = await checkout.attempt(way);
  const trade = await checkout.open(attempt);
  const { reference } = attempt;
  cell.faults([rule({ operation: 'notification', reference }, 'before', 'drop')]);
  await checkout.confirm(trade);
  await cell.sandbox.settled();
  const sent = cell.sandbox.notifier.deliveries().find((it) => it.reference === reference);
  if (sent === undefined) throw new Error(`${way.method} told nobody that ${reference} is paid.`);
  return { checkout, sent };
}

const deliver = async ({ url, headers, body }: Sent): Promise<number> =>
  (await fetch(url, { method: 'POST', headers, body })).status;

async function paidEvents(stage: Stage, { payment }: Checkout): Promise<number> {
  const sql = `SELECT count(*)::int AS n FROM events WHERE payment_id = $1 AND type = 'payment.paid'`;
  return (await stage.cell.rows<{ n: number }>(sql, [payment.id]))[0]?.n ?? 0;
}

/** All ways at once, each with messages that are treated like this. */
async function payAll(stage: Stage, treated: Parameters<Stage['cell']['faults']>[0], times = 3): Promise<void> {
  stage.cell.faults(treated);
  const checkouts = Array.from({ length: times }, () => WAYS)
    .flat()
    .map((way) => ({ way, checkout: new Checkout(stage.cell, way.app, stage.draws) }));
  await Promise.all(
    checkouts.map(async ({ way, checkout }) => {
      await checkout.create();
      await checkout.pay(way);
      if (await checkout.paid()) await checkout.refund(Math.ceil(checkout.payment.amount / 2));
    }),
  );
}

const notified = { operation: 'notification' } as const;

export const notifications: readonly Scenario[] = [
  {
    name: 'notifications/lost',
    rows: ['F-40', 'F-83'],
    promises: 'with every notification lost, the worker asks, and all of it settles',
    cell: APART,
    run: (stage) => payAll(stage, [rule(notified, 'before', 'drop')]),
  },
  {
    name: 'notifications/again',
    rows: ['F-41', 'F-42'],
    promises: 'the same message fifty times, one after the other and at once, has one effect and is taken each time',
    cell: APART,
    async run(stage) {
      for (const way of WAYS) {
        const { checkout, sent } = await paidInSilence(stage, way);
        const atOnce = await Promise.all(Array.from({ length: 50 }, () => deliver(sent)));
        const later: number[] = [];
        for (let times = 0; times < 50; times++) later.push(await deliver(sent));
        const refused = [...atOnce, ...later].filter((status) => status >= 300);
        stage.expect(refused.length === 0, `${way.method} was refused ${refused.length} times: ${refused[0]}`);
        stage.expect((await paidEvents(stage, checkout)) === 1, `${way.method} was not told as paid once`);
      }
    },
  },
  {
    name: 'notifications/reordered',
    rows: ['F-83'],
    promises: 'messages that overtake one another, or come twice, leave what they should',
    cell: APART,
    run: (stage) =>
      payAll(stage, [rule(notified, 'before', 'reorder', { probability: 0.5 }), rule(notified, 'before', 'duplicate')]),
  },
  {
    name: 'notifications/late',
    rows: ['F-46'],
    promises: 'a message that comes a day after is genuine still, and changes nothing that was found out before',
    cell: APART,
    run: (stage) => payAll(stage, [rule(notified, 'before', 'lag', { ms: 3_600_000 })]),
  },
  {
    name: 'notifications/early',
    rows: ['F-44'],
    promises: 'a payer who is faster than the answer to our order is paid all the same',
    cell: APART,
    async run({ cell, draws, expect }) {
      const checkout = new Checkout(cell, 'eleme', draws);
      await checkout.create();
      cell.faults([rule({ operation: 'order' }, 'after', 'delay', { ms: 1_500, times: 1 })]);
      const attempting = checkout.attempt(WECHAT);
      const trade = await untilBorn(cell, checkout.payment.amount);
      await cell.control('POST', `/trades/${trade}/pay`, {});
      const attempt = await attempting;
      expect(
        attempt.status === 'paid' || (await checkout.paid()),
        `the payer was faster and it stands as ${attempt.status}`,
      );
    },
  },
  {
    name: 'notifications/probes',
    rows: ['F-49'],
    promises: 'messages with a probing or forged signature are refused, and genuine ones beside them taken',
    cell: APART,
    async run(stage) {
      const { cell } = stage;
      await payAll(stage, [
        rule({ ...notified, provider: 'wechat_pay' }, 'before', 'signtest', { probability: 0.3 }),
        rule(notified, 'before', 'bad_signature', { probability: 0.3 }),
        rule(notified, 'before', 'no_signature', { probability: 0.2 }),
      ]);
      const spoiled = cell.sandbox.notifier.deliveries().filter((it) => it.faults.some((fault) => FORGED.has(fault)));
      const taken = spoiled.filter(({ verdict }) => verdict === 'accepted');
      stage.note(`${spoiled.length} forged`);
      stage.expect(taken.length === 0, `${taken.length} forged messages were taken`);
    },
  },
  {
    name: 'notifications/beside_the_poller',
    rows: ['F-43'],
    promises: 'a message and the answer to a question meet, and one of them settles',
    cell: APART,
    async run(stage) {
      for (const way of [...WAYS, ...WAYS]) {
        const { checkout, sent } = await paidInSilence(stage, way);
        const asks = Array.from({ length: 5 }, () => checkout.show(true));
        await Promise.all([...asks, ...Array.from({ length: 5 }, () => deliver(sent))]);
        stage.expect((await paidEvents(stage, checkout)) === 1, `${way.method} was not told as paid once`);
      }
    },
  },
  {
    name: 'notifications/other_amount',
    rows: ['F-26', 'A-16'],
    promises: 'a genuine message about another amount pays nothing; what the wallet says when asked does',
    cell: APART,
    async run(stage) {
      const { cell } = stage;
      for (const way of [WECHAT, ALIPAY]) {
        const checkout = new Checkout(cell, way.app, stage.draws);
        await checkout.create();
        const trade = await checkout.open(await checkout.attempt(way));
        cell.faults([rule(notified, 'before', 'wrong_amount', { times: 1 })]);
        await checkout.confirm(trade);
        await cell.sandbox.settled();
        const { status } = await checkout.show();
        stage.expect(status === 'open', `${way.method}: another amount made it ${status}`);
        stage.expect((await checkout.show(true)).status === 'paid', `${way.method}: it was not found out by asking`);
      }
    },
  },
];

const FORGED = new Set(['signtest', 'bad_signature', 'no_signature']);

/** The order of this amount as soon as its wallet has it. */
async function untilBorn(cell: Stage['cell'], amount: number): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const trade = cell.sandbox.trades.list().find((it) => it.amount === amount && it.state === 'awaiting_payer');
    if (trade !== undefined) return trade.id;
    await pause(20);
  }
  throw new Error('The wallet never got the order.');
}
