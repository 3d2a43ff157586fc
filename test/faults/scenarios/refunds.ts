import { rule } from '../support/fault-plans.ts';
import { ALIPAY, Checkout, WALLET, WAYS, WECHAT } from '../support/flows.ts';
import type { Scenario } from '../support/scenario.ts';
import { APART } from './provider-calls.ts';

const TWO: Scenario['cell'] = { roles: ['api', 'api', 'worker', 'worker'] };

export const refunds: readonly Scenario[] = [
  {
    name: 'refunds/at_once',
    rows: ['F-80'],
    promises: 'twenty refunds at once that sum to three times what was paid stay within it at every moment',
    cell: TWO,
    async run({ cell, draws, expect, note }) {
      for (const way of WAYS) {
        const checkout = new Checkout(cell, way.app, draws);
        const { amount } = await checkout.create({ amount: 20_000 });
        await checkout.pay(way);
        expect(await checkout.paid(), `${way.method} was not paid`);
        const answers = await Promise.all(Array.from({ length: 20 }, () => checkout.refund((amount * 3) / 20)));
        const taken = answers.filter((it) => it.object === 'refund').length;
        note(`${taken} taken`);
        expect(taken === 6, `${taken} of 20 refunds were taken, six fit`);
      }
    },
  },
  {
    name: 'refunds/lost_answer',
    rows: ['F-81'],
    promises:
      'the same refund again, with the same key or with another, is the same refund; another number is another one',
    cell: APART,
    async run({ cell, draws, expect }) {
      for (const way of WAYS) {
        const checkout = new Checkout(cell, way.app, draws);
        await checkout.create({ amount: 10_000 });
        await checkout.pay(way);
        await checkout.paid();
        cell.faults([rule({ operation: 'refund' }, 'after', 'reset', { times: 1 })]);
        const path = `/v1/payments/${checkout.payment.id}/refunds`;
        const wish = { refund_no: `${checkout.payment.order_no}-again`, amount: 6_000 };
        const first = await checkout.shop.post(path, wish);
        const again = await checkout.shop.post(path, wish);
        expect(
          again.status === 200 && again.body.id === first.body.id,
          'another key made another refund of one number',
        );
        const other = await checkout.shop.post(path, { ...wish, refund_no: `${wish.refund_no}-2` });
        expect(other.status === 409, `more than was paid was answered ${other.status}`);
      }
    },
  },
  {
    name: 'refunds/before_it_is_known',
    rows: ['F-84'],
    promises: 'while nobody knows whether it is paid, nothing is sent back',
    cell: APART,
    async run({ cell, draws, expect }) {
      const checkout = new Checkout(cell, 'eleme', draws);
      await checkout.create();
      cell.faults([
        rule({ operation: 'notification' }, 'before', 'drop'),
        rule({ operation: 'query' }, 'before', 'reset'),
      ]);
      await checkout.pay(WECHAT);
      const { code } = await checkout.refund(100);
      expect(code === 'payment_not_paid', `a refund of what is not known to be paid was answered ${code}`);
    },
  },
  {
    name: 'refunds/beside_what_is_owed',
    rows: ['F-85'],
    promises: "the shop's refund and what is owed by rule are of two captures, each within its own",
    cell: TWO,
    async run({ cell, draws, expect }) {
      for (let times = 0; times < 5; times++) {
        const checkout = new Checkout(cell, 'eleme', draws);
        const { amount } = await checkout.create();
        const tries = [await checkout.attempt(ALIPAY), await checkout.attempt(WECHAT)];
        for (const it of tries.toReversed()) await checkout.confirm(await checkout.open(it));
        expect(await checkout.paid(), 'it was not paid');
        await Promise.all([checkout.refund(amount), checkout.refund(amount), checkout.show(true), checkout.show(true)]);
      }
    },
  },
  {
    name: 'refunds/fails_later',
    rows: ['F-82'],
    promises:
      'a refund that the wallet accepted and could not carry out is told, and its money is not counted as returned',
    cell: APART,
    async run({ cell, draws, note }) {
      const checkout = new Checkout(cell, 'eleme', draws);
      await checkout.create({ amount: 5_000 });
      const { reference } = await checkout.pay(WECHAT);
      await checkout.paid();
      const refund = await checkout.refund(2_000);
      const trade = cell.sandbox.trades.list().find((it) => it.reference === reference);
      const own = trade?.refunds[0]?.reference ?? '';
      const { status } = await cell.control('POST', `/trades/${trade?.id}/refunds/${own}`, { result: 'closed' });
      note(`${refund.status}, then the wallet gave up (${status})`);
    },
  },
  {
    name: 'refunds/in_parts',
    rows: ['F-83', 'F-09'],
    promises: 'many parts, messages lost and doubled: each part goes once',
    cell: TWO,
    async run({ cell, draws }) {
      cell.faults(
        [
          rule({ operation: 'notification' }, 'before', 'drop', { probability: 0.4 }),
          rule({ operation: 'notification' }, 'before', 'duplicate', { probability: 0.4 }),
          rule({ operation: 'refund' }, 'after', 'reset', { probability: 0.2 }),
          rule({ operation: 'refund' }, 'before', 'reset', { probability: 0.2 }),
        ],
        draws.between(1, 1_000_000),
      );
      await Promise.all(
        [WECHAT, ALIPAY, WALLET].map(async (way) => {
          const checkout = new Checkout(cell, way.app, draws);
          await checkout.create({ amount: 10_000 });
          await checkout.pay(way);
          if (!(await checkout.paid())) return;
          for (let part = 1; part <= 8; part++) await checkout.refund(part * 111);
        }),
      );
    },
  },
];
