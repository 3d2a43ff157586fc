import { verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestMerchant as AlipayMerchant } from './alipay/test-merchant.js';
import { control } from './control/test-control.js';
import {
  ANSWER_ACTIONS,
  FAULT_OPERATIONS,
  type FaultAction,
  NOTIFICATION_ACTIONS,
  SPOILINGS,
  TAMPERINGS,
} from './frame/fault-rule.js';
import { type TestReceiver, testReceiver } from './frame/test-receiver.js';
import { createSandbox, type Sandbox } from './sandbox.js';
import { TestMerchant as WalletMerchant } from './wallet/test-merchant.js';
import { wechatPayWire } from './wechat-pay/wechat-pay.js';
import { TestMerchant as WechatMerchant } from './wechat-pay/test-merchant.js';

const AMOUNT = 1_299;
const ACTIONS: readonly FaultAction[] = [...ANSWER_ACTIONS, ...NOTIFICATION_ACTIONS, ...SPOILINGS, ...TAMPERINGS];

/** An answer as a client has it before it reads it. */
interface Raw {
  readonly status: number;
  readonly text: string;
  readonly trusted: boolean;
}

/** One merchant on one wire, as far as fault rules can be told apart by it. */
interface Shop {
  readonly sandbox: Sandbox;
  readonly sent: () => readonly { readonly body: string }[];
  order(reference: string): Promise<unknown>;
  query(reference: string): Promise<Raw>;
  /** The fen that a text of this wire states. */
  amountIn(text: string): number;
  /** The same of a notification's body. */
  notifiedAmount(body: string): number;
  stop(): Promise<void>;
}

async function wechatShop(): Promise<Shop> {
  const receiver = await testReceiver();
  const sandbox = await createSandbox({ wires: [wechatPayWire] });
  await sandbox.listen();
  const merchant = await WechatMerchant.of(sandbox);
  const amountIn = (text: string): number => JSON.parse(text).amount.total;
  return {
    ...kept(sandbox, receiver),
    order: (reference) => merchant.place('native', reference, { notify_url: receiver.url }),
    async query(reference) {
      const path = `/v3/pay/transactions/out-trade-no/${reference}?mchid=${merchant.account.mchid}`;
      const answer = await fetch(sandbox.url + path, {
        headers: { authorization: merchant.authorization('GET', path, ''), accept: 'application/json' },
      });
      const text = await answer.text();
      return { status: answer.status, text, trusted: merchant.trusts(answer.headers, text) };
    },
    amountIn,
    notifiedAmount: (body) => amountIn(merchant.opened(JSON.parse(body).resource)),
  };
}

async function alipayShop(): Promise<Shop> {
  const receiver = await testReceiver();
  const merchant = await AlipayMerchant.start();
  const key = 'alipay_trade_query_response';
  const yuanToFen = (yuan: string): number => Math.round(Number(yuan) * 100);
  return {
    ...kept(merchant.sandbox, receiver),
    order(reference) {
      const order = { out_trade_no: reference, subject: '笋', total_amount: '12.99' };
      return merchant.call('alipay.trade.precreate', order, { notifyUrl: receiver.url });
    },
    async query(reference) {
      const fields = merchant.signed('alipay.trade.query', { out_trade_no: reference });
      const answer = await fetch(merchant.gateway, { method: 'POST', body: new URLSearchParams(fields) });
      const text = await answer.text();
      const [, signed = '', signature = ''] = new RegExp(`^\\{"${key}":(.*),"sign":"(.*)"\\}$`, 's').exec(text) ?? [];
      const bytes = Buffer.from(signature, 'base64');
      const trusted = verify('RSA-SHA256', Buffer.from(signed), merchant.account.alipay_public_key, bytes);
      return { status: answer.status, text, trusted };
    },
    amountIn: (text) => yuanToFen(JSON.parse(text)[key].total_amount),
    // Decoded strictly, as clients do that are not browsers.
    notifiedAmount: (body) => yuanToFen(new URLSearchParams(decodeURIComponent(body)).get('total_amount') ?? ''),
    stop: async () => void (await Promise.all([merchant.stop(), receiver.close()])),
  };
}

async function walletShop(): Promise<Shop> {
  const receiver = await testReceiver();
  const merchant = await WalletMerchant.start();
  const nonce = '0123456789abcdef';
  return {
    ...kept(merchant.sandbox, receiver),
    order: (reference) => merchant.call('POST', '/orders', merchant.order(reference, { notify_url: receiver.url })),
    async query(reference) {
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const path = `/wallet/v1/orders/${reference}`;
      const signature = merchant.hmac(`GET\n${path}\n${timestamp}\n${nonce}\n\n`);
      const signed = {
        'wallet-merchant': merchant.id,
        'wallet-timestamp': timestamp,
        'wallet-nonce': nonce,
        'wallet-signature': signature,
      };
      const answer = await fetch(merchant.sandbox.url + path, { headers: signed });
      const text = await answer.text();
      const { status, headers } = answer;
      return { status, text, trusted: merchant.trusts({ status, headers, text, body: {} }) };
    },
    amountIn: (text) => JSON.parse(text).amount,
    notifiedAmount: (body) => JSON.parse(body).data.amount,
    stop: async () => void (await Promise.all([merchant.stop(), receiver.close()])),
  };
}

function kept(sandbox: Sandbox, receiver: TestReceiver): Pick<Shop, 'sandbox' | 'sent' | 'stop'> {
  return {
    sandbox,
    sent: () => receiver.received,
    stop: async () => void (await Promise.all([sandbox.close(), receiver.close()])),
  };
}

describe.each([
  ['wechat_pay', wechatShop],
  ['alipay', alipayShop],
  ['wallet', walletShop],
] as const)('fault rules on %s', (provider, start) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await start();
    await paid('fault_0001');
  });
  afterAll(() => shop.stop());
  beforeEach(() => shop.sandbox.faults.set([]));

  async function paid(...references: readonly string[]): Promise<void> {
    for (const reference of references) {
      await shop.order(reference);
      const [trade] = shop.sandbox.trades.list({ reference });
      if (trade !== undefined) await shop.sandbox.cashier.pay(trade);
      await shop.sandbox.settled();
    }
  }
  const put = (...rules: readonly object[]) => control(shop.sandbox.url, 'PUT', '/faults', { seed: 7, rules });
  const inQueries = (action: FaultAction, more: object = {}) => put({ match: { operation: 'query' }, action, ...more });
  const inNotifications = (action: FaultAction, more: object = {}) =>
    put({ match: { operation: 'notification' }, action, ...more });

  it.each(FAULT_OPERATIONS.flatMap((operation) => ACTIONS.map((action) => [operation, action] as const)))(
    '%s %s is taken where something carries it out, else refused with what there is',
    async (operation, action) => {
      const available = shop.sandbox.faults.available({ provider, operation });
      const answer = await put({ match: { provider, operation }, action });
      expect(answer.status).toBe(available.includes(action) ? 200 : 400);
      expect(answer.body.detail ?? 'there is').toMatch(/there is/i);
    },
  );

  it('break a body that stays correctly signed', async () => {
    await inQueries('malformed');
    const { text, trusted } = await shop.query('fault_0001');
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(trusted).toBe(true);
  });

  it.each([100_000, undefined])(
    'make an answer of %s bytes, correctly signed, that says what it said',
    async (bytes) => {
      await inQueries('oversize', bytes === undefined ? {} : { bytes });
      const { text, trusted } = await shop.query('fault_0001');
      expect(Buffer.byteLength(text)).toBeGreaterThanOrEqual(bytes ?? 4 * 1_048_576);
      expect([shop.amountIn(text), trusted]).toEqual([AMOUNT, true]);
    },
  );

  it('state another amount, correctly signed, and keep the books as they are', async () => {
    await inQueries('wrong_amount', { times: 1 });
    const wrong = await shop.query('fault_0001');
    expect([shop.amountIn(wrong.text), wrong.trusted]).toEqual([AMOUNT + 1, true]);
    expect(shop.amountIn((await shop.query('fault_0001')).text)).toBe(AMOUNT);
  });

  it.each(['hang', 'reset', 'cut'] as const)('%s ends the line', async (action) => {
    await inQueries(action, { ms: 5, bytes: 3 });
    await expect(shop.query('fault_0001')).rejects.toThrow(/fetch failed|terminated/);
  });

  it('answer a status, an error of the wire, or late', async () => {
    await inQueries('status', { status: 503 });
    expect((await shop.query('fault_0001')).status).toBe(503);
    await inQueries('error');
    const { text } = await shop.query('fault_0001');
    expect(text).toMatch(/"code":/);
    expect(text).not.toMatch(/amount/);
    await inQueries('delay', { ms: 1 });
    expect((await shop.query('fault_0001')).trusted).toBe(true);
  });

  it.each(['bad_signature', 'no_signature', 'wrong_key'] as const)('%s is not to be trusted', async (action) => {
    await inQueries(action);
    expect((await shop.query('fault_0001')).trusted).toBe(false);
  });

  it('deliver a notification after the one that came later', async () => {
    await inNotifications('reorder', { times: 1 });
    await paid('fault_first', 'fault_second');
    const order = shop.sandbox.notifier.deliveries().map(({ reference }) => reference);
    expect(order.slice(-2)).toEqual(['fault_second', 'fault_first']);
  });

  it('deliver it at last when nothing overtakes it', async () => {
    await inNotifications('reorder', { times: 1, ms: 60_000 });
    const before = shop.sent().length;
    await paid('fault_alone');
    expect(shop.sent()).toHaveLength(before);
    await shop.sandbox.clock.advance(60_000);
    expect(shop.sandbox.notifier.deliveries().at(-1)).toMatchObject({ reference: 'fault_alone', attempt: 1 });
  });

  it('notify of another amount', async () => {
    await inNotifications('wrong_amount', { times: 1 });
    await paid('fault_notified');
    expect(shop.notifiedAmount(shop.sent().at(-1)?.body ?? '')).toBe(AMOUNT + 1);
  });

  it('notify with a body that is broken, or long', async () => {
    await inNotifications('malformed', { times: 1 });
    await paid('fault_broken');
    expect(() => shop.notifiedAmount(shop.sent().at(-1)?.body ?? '')).toThrow(/JSON|URI/);
    await inNotifications('oversize', { times: 1, bytes: 200_000 });
    await paid('fault_long');
    const { body = '' } = shop.sent().at(-1) ?? {};
    expect([Buffer.byteLength(body) >= 200_000, shop.notifiedAmount(body)]).toEqual([true, AMOUNT]);
  });

  it('strike the same share of calls in every run with one seed, and other calls with another', async () => {
    const statuses = async (seed: number): Promise<string> => {
      const rules = [{ match: { operation: 'query' }, action: 'status', status: 503, probability: 0.5 }];
      await control(shop.sandbox.url, 'PUT', '/faults', { seed, rules });
      let seen = '';
      for (let call = 0; call < 24; call++) seen += (await shop.query('fault_0001')).status === 503 ? 'x' : '.';
      return seen;
    };
    const [first, again, other] = [await statuses(7), await statuses(7), await statuses(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(first).toMatch(/x.*\.|\..*x/);
  });
});
