import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control, type ControlAnswer } from '../control/test-control.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { openidOf } from './identifiers.js';
import { type MerchantAnswer, TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

describe('WeChat code pay', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;

  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());

  const codes = (wish: object = {}): Promise<ControlAnswer> =>
    control(sandbox.url, 'POST', '/payer-codes', { provider: 'wechat_pay', ...wish });
  const code = async (wish: object = {}): Promise<string> => (await codes(wish)).body.code;
  const confirm = async (reference: string, command: object = {}): Promise<ControlAnswer> => {
    const [trade] = sandbox.trades.list({ reference });
    return control(sandbox.url, 'POST', `/trades/${trade?.id}/pay`, command);
  };
  const stateOf = async (reference: string): Promise<string> => (await merchant.query(reference)).json.trade_state;
  const balanceOf = (payer: string): number | undefined =>
    sandbox.payers.all().find(({ id }) => id === openidOf(merchant.account.appid, payer))?.balance;
  const refusal = ({ status, json }: MerchantAnswer): readonly unknown[] => [status, json.code];

  it('takes the money of whoever showed the code, and answers the order as a query does', async () => {
    const authCode = await code({ payer: 'payer-4' });
    expect(authCode).toMatch(/^1[0-5]\d{16}$/);
    const more = {
      attach: 'till 3',
      scene_info: { device_id: 'till-3', device_ip: '::1', store_info: { out_id: 'A' } },
    };
    const answer = await merchant.scan('code_0001', authCode, more);
    expect([answer.status, answer.trusted]).toEqual([200, true]);
    expect(answer.json).toMatchObject({
      trade_type: 'MICROPAY',
      trade_state: 'SUCCESS',
      attach: 'till 3',
      payer: { openid: openidOf(merchant.account.appid, 'payer-4') },
      amount: { total: 1_299, payer_total: 1_299 },
      scene_info: { device_id: 'till-3' },
    });
    expect((await merchant.query('code_0001')).json).toEqual(answer.json);
    expect(balanceOf('payer-4')).toBe(1_000_000 - 1_299);
  });

  it('notifies nobody', async () => {
    await sandbox.settled();
    expect(sandbox.notifier.deliveries()).toEqual([]);
    expect((await merchant.scan('code_0002', await code(), { notify_url: 'https://example.com/n' })).json.message).toBe(
      '参数中含有非法的额外参数：“/body/notify_url”',
    );
  });

  it.each([
    ['no code', { payer: {} }, '/body/payer/auth_code'],
    ['no scene', { scene_info: undefined }, '/body/scene_info'],
    ['no store', { scene_info: { device_id: 'till-3' } }, '/body/scene_info/store_info'],
    ['an expiry', { time_expire: '2030-01-01T00:00:00+08:00' }, '/body/time_expire'],
  ])('refuses an order with %s', async (_what, change, field) => {
    const answer = await merchant.scan('code_bad', '130000000000000000', change);
    expect(refusal(answer)).toEqual([400, 'PARAM_ERROR']);
    expect(answer.json.message).toContain(`“${field}”`);
  });

  it('takes a code once, within its minute, and leaves the number free when it refuses', async () => {
    const used = await code();
    await merchant.scan('code_0003', used);
    const again = await merchant.scan('code_0004', used);
    expect([...refusal(again), again.json.message]).toEqual([
      400,
      'AUTH_CODE_INVALID',
      expect.stringContaining('每个二维码仅限使用一次'),
    ]);
    const late = await code();
    await sandbox.clock.advance(60_000);
    expect(refusal(await merchant.scan('code_0004', late))).toEqual([400, 'AUTH_CODE_INVALID']);
    expect(refusal(await merchant.scan('code_0004', '130000000000000000'))).toEqual([400, 'AUTH_CODE_INVALID']);
    expect(refusal(await merchant.query('code_0004'))).toEqual([404, 'ORDER_NOT_EXIST']);
    expect((await merchant.scan('code_0004', await code())).json.trade_state).toBe('SUCCESS');
  });

  it.each([
    ['more than ¥1,000', 'code_dear', {}, 100_001],
    ['as much as the payer wishes', 'code_asked', { password_first: true }, 1],
  ])('waits for the password before it takes %s', async (_what, reference, wish, total) => {
    const answer = await merchant.scan(reference, await code(wish), { amount: { total } });
    expect([answer.status, answer.json.trade_state]).toEqual([200, 'USERPAYING']);
    expect(answer.json).not.toHaveProperty('transaction_id');
    expect(await stateOf(reference)).toBe('USERPAYING');
    expect((await confirm(reference)).body).toMatchObject({ result: 'success', data: { state: 'paid' } });
    expect(await stateOf(reference)).toBe('SUCCESS');
  });

  it('asks for no password up to ¥1,000', async () => {
    const answer = await merchant.scan('code_0005', await code(), { amount: { total: 100_000 } });
    expect(answer.json.trade_state).toBe('SUCCESS');
  });

  it.each([
    ['declined', 'PAYERROR', 409],
    ['insufficient_funds', 'PAYERROR', 409],
    ['cancelled', 'NOTPAY', 409],
    ['password_first', 'USERPAYING', 200],
  ])('is, after the payer has %s, %s', async (result, state, later) => {
    const reference = `code_${result}`;
    await merchant.scan(reference, await code({ password_first: true }));
    expect((await confirm(reference, { result })).body.result).toBe(result);
    expect(await stateOf(reference)).toBe(state);
    expect((await confirm(reference)).status).toBe(later);
  });

  it('lets only the payer of the code type the password', async () => {
    await merchant.scan('code_0006', await code({ payer: 'payer-4', password_first: true }));
    expect((await confirm('code_0006', { payer: 'payer-5' })).status).toBe(409);
    expect((await confirm('code_0006', { payer: 'payer-4' })).status).toBe(200);
  });

  it('fails the payment of an empty wallet', async () => {
    await merchant.scan('code_0007', await code({ payer: 'payer-6' }), { amount: { total: 999_901 } });
    await confirm('code_0007');
    expect(refusal(await merchant.scan('code_0008', await code({ payer: 'payer-6' })))).toEqual([403, 'NOT_ENOUGH']);
    expect(await stateOf('code_0008')).toBe('PAYERROR');
    expect(balanceOf('payer-6')).toBe(99);
  });

  it('answers a repetition with how it stands, and refuses another order under the number', async () => {
    const authCode = await code({ password_first: true });
    await merchant.scan('code_0009', authCode);
    expect((await merchant.scan('code_0009', authCode)).json.trade_state).toBe('USERPAYING');
    expect(refusal(await merchant.scan('code_0009', await code()))).toEqual([403, 'OUT_TRADE_NO_USED']);
    await confirm('code_0009');
    expect(refusal(await merchant.scan('code_0009', authCode))).toEqual([400, 'ORDER_PAID']);
  });

  it('can say 202 USERPAYING too, as the older error table has it', async () => {
    const [match, action] = [{ operation: 'order' }, 'error'] as const;
    sandbox.faults.set([{ match, phase: 'after', action, code: 'USERPAYING', times: 1 }]);
    const answer = await merchant.scan('code_0010', await code({ password_first: true }));
    expect([...refusal(answer), answer.trusted]).toEqual([202, 'USERPAYING', true]);
    expect(await stateOf('code_0010')).toBe('USERPAYING');
  });

  it('is taken back and never closed: an unpaid one is over', async () => {
    await merchant.scan('code_0011', await code({ password_first: true }));
    const closed = await merchant.close('code_0011');
    expect([...refusal(closed), closed.json.message]).toEqual([
      403,
      'TRADE_ERROR',
      '当前交易不允许进行普通关单(只能撤销)',
    ]);
    const { appid, mchid } = merchant.account;
    for (let time = 1; time <= 2; time += 1) {
      const reversed = await merchant.reverse('code_0011');
      expect([reversed.status, reversed.json]).toEqual([200, { appid, mchid, out_trade_no: 'code_0011' }]);
    }
    expect(await stateOf('code_0011')).toBe('REVOKED');
    expect((await confirm('code_0011')).status).toBe(409);
    expect((await confirm('code_0011', { force: true })).status).toBe(409);
  });

  it('gives the money of a paid one back, once', async () => {
    const authCode = await code({ payer: 'payer-7' });
    await merchant.scan('code_0012', authCode);
    await merchant.reverse('code_0012');
    await merchant.reverse('code_0012');
    expect((await merchant.query('code_0012')).json).toMatchObject({
      trade_state: 'REVOKED',
      transaction_id: expect.stringMatching(/^4200/),
    });
    expect(balanceOf('payer-7')).toBe(1_000_000);
    expect(sandbox.trades.list({ reference: 'code_0012' })).toMatchObject([{ state: 'refunded', refunded: 1_299 }]);
    expect(refusal(await merchant.refund('code_0012', 'code_0012_a', 1))).toEqual([400, 'INVALID_REQUEST']);
    expect(refusal(await merchant.scan('code_0012', authCode))).toEqual([400, 'ORDER_CLOSED']);
  });

  it('is refunded like any other order, and then not taken back', async () => {
    await merchant.scan('code_0013', await code());
    expect((await merchant.refund('code_0013', 'code_0013_a', 299)).json.status).toBe('PROCESSING');
    expect(refusal(await merchant.reverse('code_0013'))).toEqual([400, 'INVALID_REQUEST']);
    expect(await stateOf('code_0013')).toBe('REFUND');
  });

  it('reverses only what is code pay, the own and known', async () => {
    expect(refusal(await merchant.reverse('code_none'))).toEqual([404, 'ORDER_NOT_EXIST']);
    await merchant.place('native', 'code_native');
    expect(refusal(await merchant.reverse('code_native'))).toEqual([400, 'INVALID_REQUEST']);
    const path = '/v3/pay/transactions/out-trade-no/code_0013/reverse';
    const { mchid } = merchant.account;
    expect(refusal(await merchant.post(path, { mchid }))).toEqual([400, 'PARAM_ERROR']);
    expect(refusal(await merchant.post(path, { appid: 'wx0000000000000000', mchid }))).toEqual([
      400,
      'APPID_MCHID_NOT_MATCH',
    ]);
  });

  it('closes by itself after seven unpaid days', async () => {
    await merchant.scan('code_0014', await code({ password_first: true }));
    await sandbox.clock.advance(7 * 86_400_000);
    expect(await stateOf('code_0014')).toBe('CLOSED');
  });

  it('refuses wishes for codes that it can not follow', async () => {
    for (const [wish, field] of [
      [{ provider: 'paypal' }, 'provider'],
      [{ provider: 'alipay' }, 'There is: wechat_pay'],
      [{ password_first: 'yes' }, 'password_first'],
      [{ colour: 'red' }, 'colour'],
    ] as const) {
      const refused = await codes(wish);
      expect([refused.status, refused.body.detail]).toEqual([400, expect.stringContaining(field)]);
    }
  });
});
