import { describe, expect, it } from 'vitest';
import { giveWechatBridge } from './support/bridge.js';
import { atWallet, Orders, walletButton } from './support/orders.js';
import { useStreet } from './support/street.js';
import { takePhone } from './support/wallet.js';

/** jd takes WeChat and never Alipay; hema takes Alipay, and WeChat once its review is over. */
const street = useStreet(['jd', 'hema', 'taote']);
const orders = new Orders(street);

const OPTIONS = `[...document.querySelectorAll('input[name="method"]')].map(({ value }) => value)`;

describe('one code', () => {
  it('scanned by WeChat is its own sheet after one press', async () => {
    const { payment, url } = await orders.oneCode('jd');
    const payer = await street().visitor({ kind: 'wechat' });
    await giveWechatBridge(street(), payer, ['pays']);
    await payer.goto(url);
    await payer.sees('将用微信支付');
    await payer.click('#pay-button');
    await payer.sees('付款成功');
    expect((await orders.paid(payment)).paid_with.provider).toBe('wechat_pay');
  });

  it('scanned by Alipay is its own page after one press', async () => {
    const { payment, url } = await orders.oneCode('hema');
    const payer = await street().visitor({ kind: 'alipay' });
    await payer.goto(url);
    await payer.sees('将用支付宝付款');
    await payer.click('#pay-button');
    await atWallet(payer, street());
    await walletButton(payer.page).click();
    await payer.sees('付款成功');
    expect((await orders.paid(payment)).paid_with.provider).toBe('alipay');
  });

  it('opened in a plain browser is the app’s own list', async () => {
    const { payment, url } = await orders.oneCode('hema');
    const payer = await street().visitor({ kind: 'phone' });
    await payer.goto(url);
    expect(await payer.page.evaluate(OPTIONS)).toEqual(['alipay']);
    await payer.click('#pay-button');
    await atWallet(payer, street());
    await walletButton(payer.page).click();
    await payer.sees('付款成功');
    expect((await orders.paid(payment)).status).toBe('paid');
  });

  it.each([
    ['alipay', 'jd', '这里不能用支付宝付款', '请用微信扫同一个码。'],
    ['wechat', 'hema', '这里不能用微信付款', '请用支付宝扫同一个码。'],
  ] as const)('scanned by %s at %s, which does not take it, is no dead end', async (kind, app, title, other) => {
    const { url } = await orders.oneCode(app);
    const payer = await street().visitor({ kind });
    await payer.goto(url);
    await payer.sees(title);
    expect(await payer.text()).toContain(other);
    expect(await payer.page.locator('#pay-button, #address').count()).toBeGreaterThan(0);
  });

  it('paid by one scanner tells the other, who pays nothing', async () => {
    const { payment, url } = await orders.oneCode('jd');
    const [one, other] = [await street().visitor({ kind: 'wechat' }), await street().visitor({ kind: 'phone' })];
    await giveWechatBridge(street(), one, ['pays']);
    await other.goto(url);
    await one.goto(url);
    await one.click('#pay-button');
    await one.sees('付款成功');
    await other.sees('这笔订单已经付过了');
    expect(await orders.kept(payment)).toBe(1_299);
  });

  it('that is replaced on the till’s screen says so where the old one was scanned', async () => {
    const { payment, url } = await orders.oneCode('jd');
    const payer = await street().visitor({ kind: 'phone' });
    await payer.goto(url);
    const again = { method: 'one_code', scene: 'in_store', payer: { id: 'somebody-else' } };
    await street().merchant('jd').post(`/v1/payments/${payment.id}/attempts`, again);
    await payer.sees('这个二维码已换新');
    expect(await payer.page.locator('#pay-button').count()).toBe(0);
  });

  it('scanned with the sandbox’s phone leads to its page', async () => {
    const { url } = await orders.oneCode('jd');
    const payer = await street().visitor({ kind: 'phone' });
    const phone = await takePhone(street(), payer);
    await phone.page.fill('#content', url);
    await phone.page.locator('form[action="/phone/scan"] button').click();
    await phone.page.getByText(url).first().waitFor();
    expect(new URL(phone.page.url()).origin).toBe(new URL(street().sandboxUrl).origin);
  });
});
