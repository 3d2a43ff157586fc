import { HOLD_MS } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { giveWechatBridge, type Decision } from './support/bridge.js';
import { expectCode } from './support/drawn-code.js';
import { Orders } from './support/orders.js';
import { useStreet } from './support/street.js';
import type { Visitor, VisitorWish } from './support/visitor.js';
import { takePhone } from './support/wallet.js';

const street = useStreet(['taocaicai']);
const orders = new Orders(street);

/** Somebody with WeChat of their own. */
async function friend(name: string, decisions: readonly Decision[], wish: VisitorWish = {}): Promise<Visitor> {
  const visitor = await street().visitor({ kind: 'wechat', ...wish });
  const phone = await takePhone(street(), visitor);
  await phone.belongsTo(name);
  await phone.page.close();
  await giveWechatBridge(street(), visitor, decisions);
  return visitor;
}

const cancel = ({ id }: { readonly id: string }) =>
  street().merchant('taocaicai').post(`/v1/friend-requests/${id}/cancel`);

describe('a friend in WeChat', () => {
  it('sees what to pay for, is asked who they are on the way, pays, and both are told', async () => {
    const { payment, url } = await orders.ask('taocaicai');
    const owner = await street().visitor();
    await owner.goto(payment.cashier_url);
    const ann = await friend('ann', ['pays']);
    await ann.goto(url);
    expect(await ann.text()).toMatch(/淘菜菜.*今晚的火锅.*春笋 500 克.*¥\s*12\.99/);
    await ann.click('#pay-button');
    await ann.sees('已帮TA付款');
    await owner.sees('付款成功');
    const { paid_with: paidWith } = await orders.paid(payment);
    const trade = await street().payer.trade(paidWith.reference);
    expect(trade.payer).toMatch(/^o[\w-]{27}$/);
    expect(await orders.kept(payment)).toBe(1_299);
  });

  it('reads all of it in English too, and finds the result again', async () => {
    const { url } = await orders.ask('taocaicai');
    const ann = await friend('ann', ['pays'], { language: 'en' });
    await ann.goto(url);
    await ann.page.getByRole('button', { name: 'Pay ¥12.99 for them' }).click();
    await ann.page.locator('#facts').waitFor();
    const result = await ann.text();
    await ann.page.reload();
    expect(await ann.text()).toBe(result);
  });

  it('who closes the sheet can open it again', async () => {
    const { payment, url } = await orders.ask('taocaicai');
    const ann = await friend('ann', ['closes', 'pays']);
    await ann.goto(url);
    await ann.click('#pay-button');
    await ann.sees('付款窗口已关闭，还没有付款。');
    await ann.click('#hand-over');
    await ann.sees('已帮TA付款');
    expect((await orders.paid(payment)).attempts).toHaveLength(1);
  });
});

it('a friend at a desktop scans a code and pays it on a phone', async () => {
  const { payment, url } = await orders.ask('taocaicai');
  const ben = await street().visitor();
  await ben.goto(url);
  await ben.click('#pay-button');
  await expectCode(ben.page, await orders.codeOf(payment));
  const phone = await takePhone(street(), ben);
  await phone.scan(await orders.codeOf(payment));
  await phone.pay();
  await ben.sees('已帮TA付款');
  expect((await orders.paid(payment)).status).toBe('paid');
});

describe('two friends at once', () => {
  it('are one who pays and one who is told, and money is taken once', async () => {
    const { payment, url } = await orders.ask('taocaicai');
    const both = await Promise.all([friend('ann', ['closes', 'pays']), friend('ben', ['closes', 'pays'])]);
    await Promise.all(both.map(({ goto }) => goto(url)));
    await Promise.all(both.map(({ click }) => click('#pay-button')));
    await Promise.all(both.map(({ page }) => page.locator('#hand-over, #look-again').waitFor()));
    const holds = await both[0].page.locator('#hand-over').isVisible();
    const [holder, other] = holds ? both : [both[1], both[0]];
    await other.sees('有人正在帮TA付款');
    await holder.sees('付款窗口已关闭，还没有付款。');
    await holder.click('#hand-over');
    await holder.sees('已帮TA付款');
    await other.sees('已经有人付好了');
    const { amount_refunded: refunded } = await orders.paid(payment);
    expect([refunded, await orders.kept(payment)]).toEqual([0, 1_299]);
  });

  it('of whom the first one’s time is out: the other takes over, and what both paid is kept once', async () => {
    const { payment, url } = await orders.ask('taocaicai');
    const [ann, ben] = await Promise.all([friend('ann', ['closes']), friend('ben', ['pays'])]);
    await ann.goto(url);
    await ann.click('#pay-button');
    await ann.sees('付款窗口已关闭，还没有付款。');
    const sheet = await street().payer.open((await orders.lastTry(payment)).next_action);
    await street().payer.advance(HOLD_MS + 1_000);
    await street().followed('taocaicai');
    await ben.goto(url);
    await ben.click('#pay-button');
    await ben.sees('已帮TA付款');
    // WeChat took Ann's money all the same: her sheet was on its way when her order was closed.
    await street().payer.confirm(sheet.id, { force: true });
    await ann.sees(/已经有人付好了|你的钱会原路退回/);
    const settled = async () => [(await orders.read(payment)).refunds.length, await orders.kept(payment)];
    await street().payer.advance(2_000);
    expect(await street().until(settled, ([, kept]) => kept === 1_299, 15_000)).toEqual([1, 1_299]);
    await ann.page.reload();
    await ann.sees('你也付了款，但已经有人先付了。');
  });
});

describe('the owner', () => {
  it('asks from inside the cashier, passes the link on, and is told when a friend is at it and has paid', async () => {
    const payment = await orders.create('taocaicai');
    const owner = await street().visitor({ kind: 'phone' });
    await orders.choose(owner, payment, 'wechat_friend_pay');
    await owner.page.fill('#message', '今晚的火锅');
    await owner.click('#ask-button');
    await owner.sees('等待好友付款');
    const ann = await friend('ann', ['closes', 'pays']);
    await ann.goto(await owner.page.locator('#address').inputValue());
    await ann.sees('今晚的火锅');
    await ann.click('#pay-button');
    await owner.sees('有好友正在付款');
    await ann.click('#hand-over');
    await ann.sees('已帮TA付款');
    await owner.sees('付款成功');
    expect(await orders.kept(payment)).toBe(1_299);
  });

  it('who cancels while the friend is at it takes the code away, and the friend is told', async () => {
    const { payment, request, url } = await orders.ask('taocaicai');
    const ben = await street().visitor();
    await ben.goto(url);
    await ben.click('#pay-button');
    await ben.page.locator('#scan .qr svg').waitFor();
    const phone = await takePhone(street(), ben);
    await phone.scan(await orders.codeOf(payment));
    expect((await cancel(request)).status).toBe(200);
    await ben.sees('朋友取消了这次代付');
    await phone.tryToPay();
    expect(await phone.page.locator('main').innerText()).toMatch(/关闭|closed/);
    expect(await orders.kept(payment)).toBe(0);
  });

  it('pays alone meanwhile, and the friend is told', async () => {
    const { payment, url } = await orders.ask('taocaicai');
    const ann = await friend('ann', ['pays']);
    await ann.goto(url);
    const owner = await street().visitor();
    await orders.choose(owner, payment, 'alipay');
    await owner.page.getByRole('button', { name: /确认支付/ }).click();
    await owner.sees('付款成功');
    await ann.sees('已经有人付好了');
    expect(await orders.kept(payment)).toBe(1_299);
  });
});

it('a request that expires says so by itself', async () => {
  const { payment, url } = await orders.ask('taocaicai', { expires_in: 900 });
  const ann = await street().visitor({ kind: 'phone' });
  await ann.goto(url);
  await street().payer.advance(901_000);
  await ann.sees('这个链接已过期');
  expect((await orders.read(payment)).attempts).toEqual([]);
});

it('a text code that went through a chat leads back to the same page', async () => {
  const { request, url } = await orders.ask('taocaicai');
  const pasted = `🍲 帮我付一下呀～ ${request.text_code} 复制整段，打开淘菜菜 🙏`;
  const { status, body } = await street().merchant('taocaicai').post('/v1/text-codes/resolve', { text: pasted });
  expect([status, body.url]).toEqual([200, url]);
  const ann = await street().visitor({ kind: 'phone' });
  await ann.goto(body.url);
  await ann.sees('今晚的火锅');
});
