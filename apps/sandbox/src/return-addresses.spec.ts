import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant as AlipayMerchant } from './alipay/test-merchant.js';
import { createSandbox, type Sandbox } from './sandbox.js';
import { TestMerchant as WalletMerchant } from './wallet/test-merchant.js';
import { TestMerchant as WechatMerchant } from './wechat-pay/test-merchant.js';

/** Shops' addresses that no header can carry as they are. */
const ADDRESSES = [
  'http://shop.example/回来?订单=1',
  'http://shop.example/🥢',
  'http://shop.example/%zz',
  'http://shop.example/\u0085\u202e',
];

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  redirect: 'manual',
});

describe('after paying with the wallet', () => {
  let merchant: WalletMerchant;
  beforeAll(async () => void (merchant = await WalletMerchant.start()));
  afterAll(() => merchant.stop());

  it.each(ADDRESSES.map((address, index) => [address, `order_${index}`]))(
    'the payer is sent back to %s',
    async (address, no) => {
      const { body } = await merchant.call('POST', '/orders', merchant.order(no, { return_url: address }));
      const answer = await fetch(String(body['pay_url']), form({ user: 'payer-1', password: '123456' }));
      expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(address).href]);
    },
  );
});

describe('after paying at the Alipay cashier', () => {
  let merchant: AlipayMerchant;
  beforeAll(async () => void (merchant = await AlipayMerchant.start()));
  afterAll(() => merchant.stop());

  it.each([...ADDRESSES, 'no address', 'javascript:alert(1)', '\r\nSet-Cookie: a=b'])(
    'the payer is sent back to %s, or told that it is paid',
    async (address) => {
      const biz = {
        out_trade_no: `o-${ADDRESSES.indexOf(address)}-${address.length}`,
        subject: '笋',
        total_amount: '0.01',
      };
      const wap = merchant.signed('alipay.trade.wap.pay', biz, { return_url: address });
      const page = await (await fetch(merchant.gateway, form(wap))).text();
      const order = /name="order" value="([^"]*)"/.exec(page)?.[1] ?? '';
      const answer = await fetch(`${merchant.sandbox.url}/alipay/cashier`, form({ order, payer: 'payer-1' }));
      expect(answer.status).toBe(URL.canParse(address) && address.startsWith('http') ? 303 : 200);
      expect(answer.headers.get('set-cookie')).toBeNull();
    },
  );
});

describe('after paying on the WeChat H5 page', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen();
  });
  afterAll(() => sandbox.close());

  it.each(ADDRESSES.map((address, index) => [address, `order_${index}`]))(
    'the payer is sent back to %s',
    async (address, no) => {
      const merchant = await WechatMerchant.of(sandbox);
      const scene_info = { payer_client_ip: '1.2.3.4', h5_info: { type: 'Wap' } };
      const { json } = await merchant.place('h5', no, { scene_info });
      const answer = await fetch(`${json.h5_url}&redirect_url=${encodeURIComponent(address)}`, form({}));
      expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(address).href]);
    },
  );

  it('an address given twice leaves them on the page', async () => {
    const merchant = await WechatMerchant.of(sandbox);
    const scene_info = { payer_client_ip: '1.2.3.4', h5_info: { type: 'Wap' } };
    const { json } = await merchant.place('h5', 'order_twice', { scene_info });
    const paid = await fetch(`${json.h5_url}&redirect_url=http://a&redirect_url=http://b`, form({}));
    expect(paid.status).toBe(200);
  });
});
