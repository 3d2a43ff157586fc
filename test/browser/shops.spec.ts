import { expect, it } from 'vitest';
import { Orders, type Body } from './support/orders.js';
import { useStreet } from './support/street.js';
import { takePhone } from './support/wallet.js';

const street = useStreet(['taote', 'pinduoduo']);
const orders = new Orders(street);

/** The payment that this cashier shows. */
async function behind(cashierUrl: string): Promise<Body> {
  const token = new URL(cashierUrl).pathname.split('/').at(-1) ?? '';
  const record = await street().stores.payments.findPaymentByCashierToken(token);
  return record?.payment;
}

it('an order is placed in a shop, paid at the cashier, back at the shop as paid, and refunded in part and whole', async () => {
  const payer = await street().visitor();
  await payer.goto(street().shopUrl);
  await payer.click('a[href="/taote"]');
  await payer.page
    .getByRole('button', { name: /^购买|^买/ })
    .first()
    .click();
  await payer.page.waitForURL(/\/cashier\//);
  await payer.click('label:has(input[value="wechat_scan"])');
  await payer.click('#pay-button');
  await payer.page.locator('#scan .qr svg').waitFor();
  const payment = await behind(payer.page.url());
  const phone = await takePhone(street(), payer);
  await phone.scan(await orders.codeOf(payment));
  await phone.pay();
  await payer.page.waitForURL(/\/taote\/orders\//);
  await payer.sees('已付款');
  await payer.page.fill('input[name="amount"]', '1.00');
  await payer.page.locator('form.refund button').first().click();
  await payer.sees(/部分退款/);
  await street().payer.advance(2_000);
  await payer.page.locator('form.refund button[name="all"]').click();
  await street().payer.advance(2_000);
  await payer.sees(/全额退款|全部退款|已退款/);
  const { amount, amount_refunded: refunded } = await orders.read(payment);
  expect(refunded).toBe(amount);
});

it('on a phone the cashier is one page between the shop and the wallet', async () => {
  const payer = await street().visitor({ kind: 'phone', language: 'en' });
  await payer.goto(`${street().shopUrl}/pinduoduo`);
  await payer.page.getByRole('button', { name: /^Buy/ }).first().click();
  await payer.page.waitForURL(/\/cashier\//);
  await payer.click('#pay-button');
  await payer.page.waitForURL((url) => url.href.startsWith(street().sandboxUrl));
  await payer.page.getByRole('button', { name: /确认支付/ }).click();
  await payer.page.waitForURL(/\/pinduoduo\/orders\//);
  await payer.sees('Paid');
  expect(await payer.text()).toContain('WeChat Pay');
});
