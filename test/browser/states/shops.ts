import { Phone } from '../support/wallet.js';
import { once, type PageStates } from './state.js';

/** The shops and the payer's phone. */
export const shopStates: PageStates = {
  apps: ['taote', 'pinduoduo'],
  states: (street, orders) => {
    const shop = (path: string) => `${street().shopUrl}${path}`;
    const phone = (path: string) => `${street().sandboxUrl}${path}`;
    /** An order placed in the shop; answers its page there and its payment. */
    const placed = async () => {
      const fields = new URLSearchParams({ good: 'towels' });
      const headers = { origin: street().shopUrl, 'accept-language': 'zh-CN' };
      const answer = await fetch(shop('/taote/orders'), { method: 'POST', body: fields, headers, redirect: 'manual' });
      const token = new URL(answer.headers.get('location') ?? '').pathname.split('/').at(-1) ?? '';
      const payment = (await street().stores.payments.findPaymentByCashierToken(token))?.payment;
      if (payment === undefined) throw new Error('The shop’s order has no payment.');
      return { payment, url: shop(`/taote/orders/${payment.orderNo}`) };
    };
    const paid = async () => {
      const order = await placed();
      const body = { method: 'wechat_scan', scene: 'desktop_web' };
      await street().merchant('taote').post(`/v1/payments/${order.payment.id}/attempts`, body);
      await orders.pay(order.payment);
      await orders.paid(order.payment);
      return order;
    };
    const open = once(placed);
    const bought = once(paid);
    const back = once(async () => {
      const order = await paid();
      const refund = { refund_no: `r-${order.payment.id}`, amount: 400 };
      await street().merchant('taote').post(`/v1/payments/${order.payment.id}/refunds`, refund);
      await street().payer.advance(2_000);
      const settled = async () => (await orders.read(order.payment)).refunds[0].status as string;
      await street().until(settled, (status) => status === 'succeeded', 10_000);
      return order;
    });
    /** A sheet on the phone for a fresh order. */
    const sheet = async () => {
      const { payment } = await placed();
      const body = { method: 'wechat_scan', scene: 'desktop_web' };
      const { body: tried } = await street().merchant('taote').post(`/v1/payments/${payment.id}/attempts`, body);
      const { id } = await street().payer.open(tried.next_action);
      return phone(`/phone/trades/${id}/pay`);
    };
    return [
      { name: 'shops-street', reach: ({ goto }) => goto(shop('/')) },
      { name: 'shops-goods', reach: ({ goto }) => goto(shop('/pinduoduo')) },
      { name: 'shops-order-open', reach: async ({ goto }) => goto((await open()).url) },
      { name: 'shops-order-paid', reach: async ({ goto }) => goto((await bought()).url) },
      { name: 'shops-order-refunded', reach: async ({ goto }) => goto((await back()).url) },
      { name: 'shops-not-found', reach: ({ goto }) => goto(shop('/nowhere')) },
      {
        name: 'phone-scan',
        reach: async ({ goto }) => {
          await sheet();
          await goto(phone('/'));
        },
      },
      { name: 'phone-sheet', reach: async ({ goto }) => goto(await sheet()) },
      {
        name: 'phone-paid',
        reach: async ({ goto, page }) => {
          await goto(await sheet());
          await new Phone(page).pay();
        },
      },
      {
        name: 'phone-refused',
        reach: async ({ goto, page }) => {
          await goto(await sheet());
          await new Phone(page).refuse('insufficient_funds');
        },
      },
      { name: 'phone-code', reach: ({ goto }) => goto(phone('/phone/code')) },
      {
        name: 'phone-orders',
        reach: async ({ goto }) => {
          await bought();
          await goto(phone('/phone/orders'));
        },
      },
      {
        name: 'phone-order',
        reach: async ({ goto, page }) => {
          await bought();
          await goto(phone('/phone/orders'));
          await page.locator('main ul.rows a').first().click();
          await page.waitForURL(/\/phone\/trades\//);
        },
      },
      { name: 'phone-users', reach: ({ goto }) => goto(phone('/phone/me')) },
      { name: 'phone-accounts', reach: ({ goto }) => goto(phone('/accounts')) },
    ];
  },
};
