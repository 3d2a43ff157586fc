import type { CellOptions } from '../support/cell.ts';
import { MISHAPS, REFUSALS, rule, type Mishap } from '../support/fault-plans.ts';
import { Checkout, WAYS, WECHAT, type Way } from '../support/flows.ts';
import type { Scenario, Stage } from '../support/scenario.ts';

export const APART: CellOptions = { roles: ['api', 'worker'] };

const PROVIDER_OF: Readonly<Record<string, 'wechat_pay' | 'alipay' | 'wallet'>> = {
  wechat_pay: 'wechat_pay',
  alipay: 'alipay',
  duoduo_wallet: 'wallet',
};

type Operation = 'order' | 'query' | 'close' | 'refund' | 'refund_query';

const WAITED_FOR: readonly Operation[] = ['order', 'refund'];

/** Mishaps that the wire of this way can have; an Alipay order is born on the payer's phone, no call of ours can be lost. */
function mishapsOf(stage: Stage, way: Way, operation: Operation, among: readonly Mishap[]): readonly Mishap[] {
  const provider = PROVIDER_OF[way.method]!;
  const { faults } = stage.cell.sandbox;
  if (!faults.operations(provider).includes(operation)) return [];
  // Our own time limit is the same for every call, and takes its time: two of them stand for all.
  const able = faults
    .available({ provider, operation })
    .filter((it) => it !== 'hang' || WAITED_FOR.includes(operation));
  return among.filter(({ action, only }) => able.includes(action) && (only === undefined || only.includes(provider)));
}

function strike(stage: Stage, way: Way, operation: Operation, { phase, action, more }: Mishap): void {
  stage.cell.faults([rule({ provider: PROVIDER_OF[way.method]!, operation }, phase, action, { times: 1, ...more })]);
}

/** Each way with each of its mishaps, one after the other: which call is hit is no matter of luck. */
async function eachMishap(
  stage: Stage,
  operation: Operation,
  {
    among = MISHAPS,
    before,
    hit,
    next,
  }: {
    among?: readonly Mishap[];
    before: (checkout: Checkout, way: Way) => Promise<void>;
    hit: (checkout: Checkout, way: Way) => Promise<unknown>;
    next?: (checkout: Checkout, way: Way) => Promise<unknown>;
  },
): Promise<void> {
  let struck = 0;
  for (const way of WAYS) {
    for (const mishap of mishapsOf(stage, way, operation, among)) {
      const checkout = new Checkout(stage.cell, way.app, stage.draws);
      await before(checkout, way);
      strike(stage, way, operation, mishap);
      await hit(checkout, way);
      stage.cell.faults([]);
      await next?.(checkout, way);
      struck += 1;
    }
  }
  stage.note(`${struck} calls hit`);
  stage.expect(struck >= 10, 'hardly any call was hit');
}

const pay = async (checkout: Checkout, way: Way): Promise<void> => {
  await checkout.create();
  await checkout.pay(way);
  await checkout.paid();
};

const ROWS = ['F-21', 'F-22', 'F-23', 'F-24', 'F-25', 'F-26'];

export const providerCalls: readonly Scenario[] = [
  {
    name: 'calls/order',
    rows: ROWS,
    promises:
      'an order whose answer is lost, late, cut, forged or nonsense is unknown, and then one order that can be paid',
    cell: APART,
    run: (stage) =>
      eachMishap(stage, 'order', {
        before: async (checkout) => void (await checkout.create()),
        hit: (checkout, way) => checkout.pay(way),
      }),
  },
  {
    name: 'calls/query',
    rows: ROWS,
    promises: 'a question whose answer cannot be trusted settles nothing, and is asked again',
    cell: APART,
    run: (stage) =>
      eachMishap(stage, 'query', {
        async before(checkout, way) {
          await checkout.create();
          const trade = await checkout.open(await checkout.attempt(way));
          stage.cell.faults([rule({ operation: 'notification' }, 'before', 'drop')]);
          await checkout.confirm(trade);
          await stage.cell.sandbox.settled();
        },
        hit: (checkout) => checkout.show(true),
      }),
  },
  {
    name: 'calls/close',
    rows: [...ROWS, 'F-65'],
    promises: 'a close whose answer is lost closes in the end, or the payer was faster',
    cell: APART,
    run: (stage) =>
      eachMishap(stage, 'close', {
        async before(checkout, way) {
          await checkout.create();
          await checkout.open(await checkout.attempt(way));
        },
        hit: (checkout) => checkout.cancel(),
      }),
  },
  {
    name: 'calls/refund',
    rows: [...ROWS, 'F-81'],
    promises: 'a refund whose answer is lost goes again under its own number, and goes once',
    cell: APART,
    run: (stage) =>
      eachMishap(stage, 'refund', {
        before: pay,
        hit: (checkout) => checkout.refund(Math.floor(checkout.payment.amount / 2)),
        next: (checkout) => checkout.refund(Math.floor(checkout.payment.amount / 4)),
      }),
  },
  {
    name: 'calls/refund_query',
    rows: ROWS,
    promises: 'a question about a refund whose answer cannot be trusted settles nothing',
    cell: APART,
    run: (stage) =>
      eachMishap(stage, 'refund_query', {
        async before(checkout, way) {
          await pay(checkout, way);
          stage.cell.faults([rule({ operation: 'refund' }, 'after', 'reset', { times: 1 })]);
          await checkout.refund(checkout.payment.amount);
        },
        hit: (checkout) => checkout.show(true),
      }),
  },
  {
    name: 'calls/order_refusals',
    rows: ['F-29', 'F-34'],
    promises: 'each class of refusal of an order ends as it says, and the order can be paid all the same',
    cell: APART,
    run: (stage) =>
      eachMishap(stage, 'order', {
        among: REFUSALS,
        before: async (checkout) => void (await checkout.create()),
        hit: (checkout, way) => checkout.attempt(way),
        next: (checkout, way) => checkout.pay(way),
      }),
  },
  {
    name: 'calls/refund_refusals',
    rows: ['F-29'],
    promises: 'a refund that is refused for good has failed, one that may pass goes again under its number',
    cell: APART,
    run: (stage) =>
      eachMishap(stage, 'refund', {
        among: REFUSALS,
        before: pay,
        hit: (checkout) => checkout.refund(Math.floor(checkout.payment.amount / 2)),
        next: (checkout) => checkout.refund(Math.floor(checkout.payment.amount / 4)),
      }),
  },
  {
    name: 'calls/not_found_at_first',
    rows: ['F-30'],
    promises: 'an order that the wallet does not find yet is not given up',
    cell: APART,
    async run(stage) {
      const { cell, draws } = stage;
      const checkout = new Checkout(cell, 'eleme', draws);
      await checkout.create();
      const trade = await checkout.open(await checkout.attempt(WECHAT));
      const notFound = rule({ operation: 'query' }, 'after', 'error', {
        status: 404,
        code: 'ORDER_NOT_EXIST',
        times: 3,
      });
      cell.faults([notFound, rule({ operation: 'notification' }, 'before', 'drop')]);
      await checkout.confirm(trade);
      for (let asked = 0; asked < 3; asked++) {
        const { attempts } = await checkout.show(true);
        stage.expect(
          attempts[0].status !== 'closed' && attempts[0].status !== 'failed',
          `given up: ${attempts[0].status}`,
        );
      }
      stage.expect((await checkout.show(true)).status === 'paid', `it was not found in the end ${checkout.refused}`);
    },
  },
  {
    name: 'calls/refused',
    rows: ['F-20'],
    promises: 'a wallet that nobody listens at was never reached: a clear answer, nothing unknown',
    cell: APART,
    async run({ cell, draws, expect }) {
      const checkout = new Checkout(cell, 'eleme', draws);
      await checkout.create();
      await cell.wallets.refuse();
      const path = `/v1/payments/${checkout.payment.id}/attempts`;
      const headers = { 'idempotency-key': 'a-wallet-that-is-away-1' };
      const reply = await checkout.shop.once('POST', path, { method: 'wechat_pay', scene: 'app' }, headers);
      await cell.wallets.takeAgain();
      expect(reply.status === 503, `an order that never left was answered ${reply.status}`);
      const { attempts } = await checkout.show();
      expect(attempts[0].status === 'failed', `and stands as ${attempts[0].status}`);
      await checkout.pay(WECHAT);
      expect(await checkout.paid(), `and then no new one could be paid: ${checkout.refused}`);
    },
  },
];
