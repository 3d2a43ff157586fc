import { once, inside, type PageStates } from './state.js';
import type { Body } from '../support/orders.js';

const RICH = {
  description: '春日限定礼盒：安吉白茶 100 克 × 2、手工青团八只装、龙井虾仁酱两瓶，顺丰冷链次日达',
  amount: 1_234_567,
};

/** The cashier, from the list to how it ended. */
export const cashierStates: PageStates = {
  apps: ['taote', 'pinduoduo', 'eleme', 'jd', 'taocaicai'],
  states: (street, orders) => {
    const paid = once(() => paidWith({ return_url: `${street().shopUrl}/taote` }));
    const paidWith = async (more: Record<string, unknown> = {}): Promise<Body> => {
      const payment = await orders.create('taote', more);
      const body = { method: 'wechat_scan', scene: 'desktop_web' };
      await street().merchant('taote').post(`/v1/payments/${payment.id}/attempts`, body);
      await orders.pay(payment);
      await orders.paid(payment);
      return payment;
    };
    const refunded = async (amount: number): Promise<Body> => {
      const payment = await paidWith();
      const refund = { refund_no: `r-${payment.id}`, amount };
      await street().merchant('taote').post(`/v1/payments/${payment.id}/refunds`, refund);
      await street().payer.advance(2_000);
      const back = (it: Body) => it.refunds.every(({ status }: Body) => status === 'succeeded');
      await street().until(() => orders.read(payment), back, 10_000);
      return payment;
    };
    const folded = once(async () => {
      const newest = await street().stores.config.findOptions('eleme');
      if (newest === undefined) throw new Error('eleme has no options');
      const { version, createdAt: _, ...eleme } = newest;
      const badge = { 'zh-CN': '立减 2 元', en: '2 yuan off' };
      const options = [
        { method: 'alipay', status: 'live' as const, badge },
        { method: 'wechat_pay', status: 'live' as const, fold: true },
        { method: 'wechat_friend_pay', status: 'live' as const, fold: true },
      ];
      await street().stores.config.addOptions({ ...eleme, options, order: [] }, { actor: 'test' }, version);
      const payment = await orders.create('eleme', RICH);
      return payment;
    });
    const partly = once(() => refunded(300));
    const whole = once(() => refunded(1_299));
    const canceled = once(async () => {
      const payment = await orders.create('taote');
      await street().merchant('taote').post(`/v1/payments/${payment.id}/cancel`);
      return payment;
    });
    const expired = once(async () => {
      const payment = await orders.create('taote', { expires_in: 60 });
      await street().payer.advance(61_000);
      await street().followed('taote');
      return payment;
    });
    const drop = (more: object) =>
      street().payer.faults([{ match: { provider: 'wechat_pay', operation: 'order' }, ...more }]);

    return [
      {
        name: 'cashier-list',
        reach: async ({ goto }) =>
          goto((await orders.create('pinduoduo', { return_url: street().shopUrl })).cashier_url),
      },
      {
        name: 'cashier-folded',
        reach: async ({ goto, page }) => {
          await goto((await folded()).cashier_url);
          await page.locator('details.more summary').click();
        },
      },
      {
        name: 'cashier-last-minutes',
        reach: async ({ goto, page }) => {
          await goto((await orders.create('taote', { expires_in: 270 })).cashier_url);
          await page.locator('#time-left').waitFor();
        },
      },
      { name: 'cashier-scan', reach: async (visitor) => orders.scan(visitor, await orders.create('taote')) },
      {
        name: 'cashier-scan-gone',
        reach: async (visitor) => {
          await visitor.page.clock.install();
          await orders.scan(visitor, await orders.create('taote', { expires_in: 36_000 }));
          await visitor.page.clock.fastForward(7_201_000);
          await visitor.page.locator('#renew').waitFor();
        },
      },
      {
        name: 'cashier-at-wallet',
        reach: async (visitor) => {
          const payment = await orders.create('pinduoduo');
          await orders.choose(visitor, payment, 'alipay');
          await visitor.page.waitForURL((url) => url.href.startsWith(street().sandboxUrl));
          await visitor.page.goBack();
          await visitor.page.locator('#go-on').waitFor();
        },
      },
      {
        name: 'cashier-hand-over',
        ...inside('wechat'),
        reach: async (visitor) => {
          const payer = { id: 'li', openid: street().openidFor('pinduoduo', 'li') };
          await orders.choose(visitor, await orders.create('pinduoduo', { payer }), 'wechat_pay');
          await visitor.page.locator('#no-bridge').waitFor();
        },
      },
      {
        name: 'cashier-refused',
        ...inside('wechat'),
        reach: async (visitor) => {
          await orders.choose(visitor, await orders.create('pinduoduo'), 'wechat_pay');
          await visitor.page.locator('#refusal').waitFor();
        },
      },
      {
        name: 'cashier-unknown',
        reach: async (visitor) => {
          const payment = await orders.create('taote');
          await drop({ phase: 'after', action: 'cut' });
          await orders.choose(visitor, payment, 'wechat_scan');
          await visitor.page.locator('#state').waitFor();
          await street().payer.faults([]);
        },
      },
      {
        name: 'cashier-no-options',
        reach: async ({ goto }) => goto((await orders.create('jd', { scene: 'alipay_web' })).cashier_url),
        ...inside('alipay'),
      },
      {
        name: 'cashier-ask-friend',
        reach: async (visitor) => {
          await orders.choose(visitor, await orders.create('taocaicai'), 'wechat_friend_pay');
          await visitor.page.locator('#ask-button').waitFor();
        },
      },
      {
        name: 'cashier-share',
        reach: async (visitor) => {
          await orders.choose(visitor, await orders.create('taocaicai'), 'wechat_friend_pay');
          await visitor.page.fill('#message', '今晚的火锅');
          await visitor.click('#ask-button');
          await visitor.page.locator('#address').waitFor();
        },
      },
      {
        name: 'cashier-paid',
        reach: async ({ goto, click }) => {
          await goto((await paid()).cashier_url);
          await click('#stay');
        },
      },
      { name: 'cashier-partly-refunded', reach: async ({ goto }) => goto((await partly()).cashier_url) },
      { name: 'cashier-refunded', reach: async ({ goto }) => goto((await whole()).cashier_url) },
      { name: 'cashier-canceled', reach: async ({ goto }) => goto((await canceled()).cashier_url) },
      { name: 'cashier-expired', reach: async ({ goto }) => goto((await expired()).cashier_url) },
      { name: 'cashier-not-found', reach: ({ goto }) => goto(`${street().url}/cashier/${'0'.repeat(32)}`) },
    ];
  },
};
