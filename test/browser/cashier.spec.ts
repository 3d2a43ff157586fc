import { describe, expect, it } from 'vitest';
import { giveNativeApp, giveWechatBridge } from './support/bridge.js';
import { expectCode } from './support/drawn-code.js';
import { atWallet, Orders, walletButton } from './support/orders.js';
import { useStreet } from './support/street.js';
import { Phone, takePhone } from './support/wallet.js';

/** What the keyboard is at: an id, what is chosen, or what stands on it. */
const FOCUSED = '["id", "value", "innerText"].map((it) => document.activeElement[it]).find(Boolean) ?? ""';

const street = useStreet(['taote', 'pinduoduo']);

const orders = new Orders(street);
const thanks = () => `${street().shopUrl}/taote?thanks=1`;

describe('a code to scan', () => {
  it('is paid on a phone beside it, and the cashier tells so by itself and goes back to the shop', async () => {
    const payment = await orders.create('taote', { return_url: thanks() });
    const payer = await street().visitor();
    await orders.scan(payer, payment);
    await expectCode(payer.page, await orders.codeOf(payment));
    const phone = await takePhone(street(), payer);
    await phone.scan(await orders.codeOf(payment));
    await phone.pay();
    await payer.sees('付款成功');
    expect(await payer.text()).toContain('微信扫码付');
    await payer.page.waitForURL(thanks());
    expect((await orders.read(payment)).status).toBe('paid');
  });

  it('that the wallet refuses first is still there to be paid', async () => {
    const payment = await orders.create('taote');
    const payer = await street().visitor({ language: 'en' });
    await orders.scan(payer, payment);
    const phone = await takePhone(street(), payer);
    await phone.scan(await orders.codeOf(payment));
    await phone.refuse('insufficient_funds');
    expect(await payer.page.locator('#scan').isVisible()).toBe(true);
    await phone.scan(await orders.codeOf(payment));
    await phone.pay();
    await payer.sees('Paid with');
  });

  it('lets its payer stay, and keeps the result when they come back from the shop', async () => {
    const payment = await orders.create('taote', { return_url: thanks() });
    const payer = await street().visitor();
    await orders.scan(payer, payment);
    await orders.pay(payment);
    await payer.click('#stay');
    expect(await payer.page.locator('#back-to-shop').innerText()).toBe('返回商家');
    await payer.click('#back-to-shop');
    await payer.page.waitForURL(thanks());
    await payer.page.goBack();
    await payer.sees('付款成功');
    expect(await payer.page.locator('#stay').isVisible()).toBe(false);
  });
});

describe('a wallet’s page', () => {
  it.each([
    ['wechat_pay', '微信支付'],
    ['alipay', '支付宝'],
  ])('of %s is opened from a phone and comes back to the result', async (method, title) => {
    const payment = await orders.create('pinduoduo');
    const payer = await street().visitor({ kind: 'phone' });
    await orders.choose(payer, payment, method);
    await atWallet(payer, street());
    await walletButton(payer.page).click();
    await payer.page.waitForURL(payment.cashier_url);
    await payer.sees('付款成功');
    expect(await payer.text()).toContain(title);
    expect(await orders.read(payment)).toMatchObject({ status: 'paid', paid_with: { method } });
  });

  it('is left by the back button, which leads to the cashier and not in circles, and another way can be taken', async () => {
    const payment = await orders.create('pinduoduo');
    const payer = await street().visitor({ kind: 'phone' });
    await payer.goto(payment.cashier_url);
    await payer.click('#pay-button');
    await atWallet(payer, street());
    await payer.page.goBack();
    await payer.page.locator('#go-on').waitFor();
    expect(payer.page.url()).toBe(payment.cashier_url);
    await payer.click('#other-method');
    await payer.page.locator('label:has(input[value="alipay"])').click();
    await payer.click('#pay-button');
    await atWallet(payer, street());
    await walletButton(payer.page).click();
    await payer.sees('付款成功');
    expect((await orders.read(payment)).paid_with.method).toBe('alipay');
  });
});

describe('inside WeChat', () => {
  const known = () => ({ payer: { id: 'li', openid: street().openidFor('pinduoduo', 'li') } });

  it('the sheet opens by itself; closed, it can be opened again, and the result is what the wallet says', async () => {
    const payment = await orders.create('pinduoduo', known());
    const payer = await street().visitor({ kind: 'wechat' });
    await giveWechatBridge(street(), payer, ['closes', 'pays']);
    await payer.goto(payment.cashier_url);
    await payer.click('#pay-button');
    await payer.sees('付款窗口已关闭，还没有付款。');
    expect((await orders.read(payment)).status).toBe('open');
    await payer.click('#hand-over');
    await payer.sees('付款成功');
    expect((await orders.read(payment)).paid_with.method).toBe('wechat_pay');
  });

  it('without a bridge the sandbox’s phone takes over and leads back', async () => {
    const payment = await orders.create('pinduoduo', known());
    const payer = await street().visitor({ kind: 'wechat' });
    await payer.goto(payment.cashier_url);
    await payer.click('#pay-button');
    await payer.sees('这里打不开付款窗口。');
    await payer.click('a#sandbox-phone');
    await new Phone(payer.page).pay();
    await payer.page.getByRole('link', { name: '返回商家' }).click();
    await payer.sees('付款成功');
    expect(payer.page.url()).toBe(payment.cashier_url);
  });
});

it('inside the app’s web view hands the payment to the app, which tells when it is back', async () => {
  const payment = await orders.create('pinduoduo', { scene: 'app' });
  const payer = await street().visitor({ kind: 'webView' });
  const told = await giveNativeApp(street(), payer);
  await payer.goto(payment.cashier_url);
  await payer.click('#pay-button');
  await payer.sees('付款成功');
  expect(told).toEqual([{ type: 'hutong.invoke_sdk', sdk: 'wechat_app' }]);
});

describe('whatever the payer does', () => {
  it('a double click is one try', async () => {
    const payment = await orders.create('taote');
    const payer = await street().visitor();
    await payer.goto(payment.cashier_url);
    await payer.click('label:has(input[value="wechat_scan"])');
    await payer.page.locator('#pay-button').dblclick({ noWaitAfter: true });
    await payer.page.locator('#scan .qr svg').waitFor();
    expect((await orders.read(payment)).attempts).toHaveLength(1);
  });

  it('who is offline while it is paid learns it on the way back', async () => {
    const payment = await orders.create('taote');
    const payer = await street().visitor();
    payer.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
    await orders.scan(payer, payment);
    await payer.context.setOffline(true);
    await orders.pay(payment);
    expect((await orders.paid(payment)).status).toBe('paid');
    await payer.context.setOffline(false);
    await payer.sees('付款成功');
  });

  it('without JavaScript it is chosen, paid and looked up by hand', async () => {
    const payment = await orders.create('taote');
    const payer = await street().visitor({ kind: 'phone', javaScript: false });
    await orders.scan(payer, payment);
    expect(await payer.page.locator('noscript meta[http-equiv="refresh"]').count()).toBe(1);
    await orders.pay(payment);
    await payer.click('#check');
    await payer.sees('付款成功');
  });

  it('a payment is made with the keyboard alone', async () => {
    const payment = await orders.create('pinduoduo');
    const payer = await street().visitor({ kind: 'phone' });
    const { keyboard } = payer.page;
    const focused = () => payer.page.evaluate<string>(FOCUSED);
    await payer.goto(payment.cashier_url);
    await keyboard.press('Tab');
    expect(await focused()).toBe('wechat_pay');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('alipay');
    await keyboard.press('Tab');
    expect(await focused()).toBe('pay-button');
    await keyboard.press('Enter');
    await atWallet(payer, street());
    await walletButton(payer.page).waitFor();
    for (let presses = 0; presses < 20 && !(await focused()).startsWith('确认支付'); presses += 1)
      await keyboard.press('Tab');
    await keyboard.press('Enter');
    await payer.sees('付款成功');
    expect((await orders.read(payment)).paid_with.method).toBe('alipay');
  });
});

describe('time', () => {
  it('that is over is told by the page itself, and no code is left to scan', async () => {
    const payment = await orders.create('taote', { expires_in: 600 });
    const payer = await street().visitor();
    await orders.scan(payer, payment);
    await street().payer.advance(601_000);
    await payer.sees('订单已过期');
    expect(await payer.page.locator('.qr').count()).toBe(0);
  });

  it('counts down in the last minutes only', async () => {
    const payment = await orders.create('taote', { expires_in: 900 });
    const payer = await street().visitor({ kind: 'phone' });
    await payer.page.clock.install();
    await payer.goto(payment.cashier_url);
    expect(await payer.page.locator('#time-left').isVisible()).toBe(false);
    await payer.page.clock.fastForward(601_000);
    await payer.sees(/请在 4:5\d 内完成付款/);
  });

  it('of a code that runs out takes the code away, and the next press brings one that can be paid', async () => {
    const payment = await orders.create('taote', { expires_in: 36_000 });
    const payer = await street().visitor();
    await payer.page.clock.install();
    await orders.scan(payer, payment);
    const { expires_at: until } = (await orders.read(payment)).attempts[0].next_action;
    const left = Date.parse(until) - Date.parse((await street().payer.control('GET', '/clock')).body.now) + 1_000;
    await street().payer.advance(left);
    await street().followed('taote');
    await payer.page.clock.fastForward(left);
    await payer.sees('二维码已失效');
    await payer.click('#renew button');
    await payer.page.locator('#renew').waitFor({ state: 'hidden' });
    await expectCode(payer.page, await orders.codeOf(payment));
    await orders.pay(payment);
    await payer.sees('付款成功');
    expect((await orders.read(payment)).attempts).toHaveLength(2);
  });
});
