import { createDecipheriv, randomUUID, X509Certificate } from 'node:crypto';
import type { Sandbox } from '@hutong/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Wechatpay } from 'wechatpay-axios-plugin';
import { Payer } from '../e2e/support/payer.js';
import { DOORS, openSandbox } from './support/door.js';

interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- the wire as it is
  readonly data: any;
}

describe.each(DOORS)('over %s', (door) => {
  // oxlint-disable-next-line typescript/no-explicit-any -- the plugin's chain is made of proxies
  let wxpay: any;
  let sandbox: Sandbox;
  let url: string;
  let payer: Payer;
  // oxlint-disable-next-line typescript/no-explicit-any -- as the sandbox lists it
  let account: any;

  beforeAll(async () => {
    ({ sandbox, url } = await openSandbox(door));
    payer = new Payer(sandbox.url);
    account = (await payer.control('GET', '/accounts')).body.wechat_pay[0];
    expect(account.verify_mode).toBe('certificate');
    const certs = Object.fromEntries(
      account.platform_certificates.map((it: { serial_no: string; certificate: string }) => [
        it.serial_no,
        it.certificate,
      ]),
    );
    wxpay = new Wechatpay({
      baseURL: `${url}/`,
      mchid: account.mchid,
      serial: account.serial_no,
      privateKey: account.private_key,
      certs,
    });
  });
  afterAll(() => sandbox.close());

  const number = () => `axp_${randomUUID().replaceAll('-', '')}`.slice(0, 30);
  const order = (out_trade_no: string) => ({
    appid: account.appid,
    mchid: account.mchid,
    description: '春笋',
    out_trade_no,
    notify_url: 'https://shop.example/notify',
    amount: { total: 1_299, currency: 'CNY' },
  });
  const byNumber = (out_trade_no: string) => wxpay.chain(`v3/pay/transactions/out-trade-no/${out_trade_no}`);
  const query = (out_trade_no: string): Promise<Answer> =>
    byNumber(out_trade_no).get({ params: { mchid: account.mchid } });

  describe('npm wechatpay-axios-plugin, unmodified, its answers verified', () => {
    it('places, queries and closes an order', async () => {
      const out_trade_no = number();
      const placed: Answer = await wxpay.v3.pay.transactions.native.post(order(out_trade_no));
      expect(placed).toMatchObject({
        status: 200,
        data: { code_url: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl/) },
      });
      expect((await query(out_trade_no)).data).toMatchObject({ trade_state: 'NOTPAY', out_trade_no });
      const closed: Answer = await wxpay
        .chain(`v3/pay/transactions/out-trade-no/${out_trade_no}/close`)
        .post({ mchid: account.mchid });
      expect(closed.status).toBe(204);
      expect((await query(out_trade_no)).data.trade_state).toBe('CLOSED');
    });

    it('is paid through a code, and gives part of it back', async () => {
      const out_trade_no = number();
      const { data }: Answer = await wxpay.v3.pay.transactions.native.post(order(out_trade_no));
      await payer.pay({ type: 'show_qr_code', content: data.code_url });
      const paid = (await query(out_trade_no)).data;
      expect(paid).toMatchObject({ trade_state: 'SUCCESS', amount: { total: 1_299 } });
      const refund: Answer = await wxpay.v3.refund.domestic.refunds.post({
        transaction_id: paid.transaction_id,
        out_refund_no: number(),
        amount: { refund: 300, total: 1_299, currency: 'CNY' },
      });
      expect(refund).toMatchObject({ status: 200, data: { status: 'PROCESSING', amount: { refund: 300 } } });
    });

    it('takes the money behind a code that the payer shows, and gives it back by reversing', async () => {
      const out_trade_no = number();
      const { code } = (await payer.control('POST', '/payer-codes', { provider: 'wechat_pay' })).body;
      const { notify_url: _, ...rest } = order(out_trade_no);
      const paid: Answer = await wxpay.v3.pay.transactions.codepay.post({
        ...rest,
        payer: { auth_code: code },
        scene_info: { store_info: { id: '0001' } },
      });
      expect(paid).toMatchObject({ status: 200, data: { trade_type: 'MICROPAY', trade_state: 'SUCCESS' } });
      const { appid, mchid } = account;
      const reversed: Answer = await wxpay
        .chain(`v3/pay/transactions/out-trade-no/${out_trade_no}/reverse`)
        .post({ appid, mchid });
      expect(reversed).toMatchObject({ status: 200, data: { appid, mchid, out_trade_no } });
      expect((await query(out_trade_no)).data.trade_state).toBe('REVOKED');
    });

    it('reads the platform certificate that signs the answers', async () => {
      const { data }: Answer = await wxpay.v3.certificates.get();
      const { nonce, associated_data, ciphertext } = data.data[0].encrypt_certificate;
      const bytes = Buffer.from(ciphertext, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', account.api_v3_key, nonce);
      decipher.setAAD(Buffer.from(associated_data)).setAuthTag(bytes.subarray(-16));
      const pem = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString();
      expect(new X509Certificate(pem).serialNumber).toBe(data.data[0].serial_no);
    });

    it('is refused with the wrong key, and told what was signed', async () => {
      const stranger = (await payer.control('POST', '/accounts', { provider: 'wechat_pay', name: 'stranger' })).body;
      const wrong = new Wechatpay({
        baseURL: `${url}/`,
        mchid: account.mchid,
        serial: account.serial_no,
        privateKey: stranger.private_key,
        certs: { x: account.certificate },
      });
      // oxlint-disable-next-line typescript/no-explicit-any -- as above
      const refused = await (wrong as any).v3.pay.transactions.native
        .post(order(number()))
        .catch((error: { response: Answer }) => error.response);
      expect(refused).toMatchObject({
        status: 401,
        data: { code: 'SIGN_ERROR', detail: { sign_information: { method: 'POST' } } },
      });
    });
  });

  describe('npm wechatpay-axios-plugin in public key mode', () => {
    // oxlint-disable-next-line typescript/no-explicit-any -- as the sandbox lists it
    const merchantNamed = async (name: string): Promise<any> => {
      const accounts = (await payer.control('GET', '/accounts')).body.wechat_pay;
      return accounts.find((it: { name: string }) => it.name === name);
    };

    it.each(['public-key', 'switching'])('places, queries and closes for the merchant %s', async (name) => {
      const merchant = await merchantNamed(name);
      const { mchid, appid, public_key_id: id } = merchant;
      // Nothing but the public key: an answer under a platform certificate would not verify.
      const plugin = new Wechatpay({
        baseURL: `${url}/`,
        mchid,
        serial: merchant.serial_no,
        privateKey: merchant.private_key,
        certs: { [id]: merchant.public_key },
      });
      // oxlint-disable-next-line typescript/no-explicit-any -- as above
      const chain = (path: string): any => (plugin as any).chain(path);
      // The plugin adds this header to no request by itself.
      const headers = { 'Wechatpay-Serial': id };
      const out_trade_no = number();
      const path = `v3/pay/transactions/out-trade-no/${out_trade_no}`;

      const placed: Answer = await chain('v3/pay/transactions/native').post(
        { ...order(out_trade_no), appid, mchid },
        { headers },
      );
      expect(placed).toMatchObject({ status: 200, headers: { 'wechatpay-serial': id } });
      const query = (): Promise<Answer> => chain(path).get({ params: { mchid }, headers });
      expect((await query()).data).toMatchObject({ trade_state: 'NOTPAY', out_trade_no });
      expect((await chain(`${path}/close`).post({ mchid }, { headers })).status).toBe(204);
      expect((await query()).data.trade_state).toBe('CLOSED');
    });

    it('has no platform certificates to download', async () => {
      const merchant = await merchantNamed('public-key');
      const plugin = new Wechatpay({
        baseURL: `${url}/`,
        mchid: merchant.mchid,
        serial: merchant.serial_no,
        privateKey: merchant.private_key,
        certs: { [merchant.public_key_id]: merchant.public_key },
      });
      // oxlint-disable-next-line typescript/no-explicit-any -- as above
      const refused = await (plugin as any).v3.certificates
        .get()
        .catch((error: { response: Answer }) => error.response);
      expect(refused).toMatchObject({ status: 404, data: { code: 'RESOURCE_NOT_EXISTS' } });
    });
  });
});
