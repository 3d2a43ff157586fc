import { providers } from '@hutong/gateway';
import { rule } from '../support/fault-plans.ts';
import { ALIPAY, Checkout, WALLET, WECHAT } from '../support/flows.ts';
import type { Scenario } from '../support/scenario.ts';
import { APART } from './provider-calls.ts';

export const keys: readonly Scenario[] = [
  {
    name: 'keys/platform_rotates',
    rows: ['F-37'],
    promises: 'a wallet that signs with a new certificate in the middle of a payment is believed once it is fetched',
    cell: APART,
    async run({ cell, draws, expect, note }) {
      const checkout = new Checkout(cell, 'eleme', draws);
      await checkout.create();
      const trade = await checkout.open(await checkout.attempt(WECHAT));
      const { status } = await cell.control('POST', '/accounts/wechat_pay/eleme/rotate');
      expect(status === 200, `rotating was answered ${status}`);
      await checkout.confirm(trade);
      note((await checkout.paid()) ? 'paid at once' : 'paid later');
      await checkout.refund(Math.floor(checkout.payment.amount / 2));
    },
  },
  {
    name: 'keys/account_gets_a_version',
    rows: ['F-52', 'I-27'],
    promises: 'what was begun under one version of an account is told, asked about and refunded under that version',
    cell: APART,
    async run({ cell, draws, expect }) {
      const begun: [Checkout, unknown][] = [];
      for (const way of [WECHAT, ALIPAY, WALLET]) {
        const checkout = new Checkout(cell, way.app, draws);
        await checkout.create();
        begun.push([checkout, await checkout.open(await checkout.attempt(way))]);
      }
      await cell.withStores(async ({ config }) => {
        for (const app of ['eleme', 'pinduoduo'])
          for (const { provider, ref, settings } of await config.listAccounts(app)) {
            const secrets = providers.find(({ id }) => id === provider)?.secretFields ?? [];
            await config.addAccountVersion({ app, provider, ref, settings }, secrets, { actor: 'test' });
          }
      });
      for (const [checkout, trade] of begun) {
        await checkout.confirm(trade);
        expect(await checkout.paid(), `${checkout.shop.app} was not paid`);
        await checkout.refund(checkout.payment.amount);
      }
      cell.faults([rule({ operation: 'notification' }, 'before', 'drop')]);
      for (const way of [WECHAT, ALIPAY, WALLET]) {
        const checkout = new Checkout(cell, way.app, draws);
        await checkout.create();
        await checkout.pay(way);
      }
    },
  },
];
