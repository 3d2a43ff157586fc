import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Sandbox } from '@hutong/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { Payer } from '../e2e/support/payer.js';
import { DOORS, openSandbox } from './support/door.js';

describe.each(DOORS)('over %s', (door) => {
  const A_DAY_MS = 86_400_000;

  // oxlint-disable-next-line typescript/no-explicit-any -- the plugin's chain is made of proxies
  let wxpay: any;
  let sandbox: Sandbox;
  let url: string;
  let payer: Payer;
  // oxlint-disable-next-line typescript/no-explicit-any -- as the sandbox lists it
  let account: any;

  beforeAll(async () => {
    ({ sandbox, url } = await openSandbox(door));
    const baseURL = `${url}/`;
    payer = new Payer(sandbox.url);
    account = (await payer.control('GET', '/accounts')).body.wechat_pay[0];
    const { mchid, serial_no: serial, private_key: privateKey, platform_certificates: listed } = account;
    wxpay = new Wechatpay({
      baseURL,
      mchid,
      serial,
      privateKey,
      certs: { [listed[0].serial_no]: listed[0].certificate },
    });
  });
  afterAll(() => sandbox.close());

  const number = () => randomUUID().replaceAll('-', '').slice(0, 30);

  /** ¥12.99 behind a code that the payer shows. */
  async function paid(out_trade_no: string): Promise<void> {
    const { code } = (await payer.control('POST', '/payer-codes', { provider: 'wechat_pay' })).body;
    const { data } = await wxpay.v3.pay.transactions.codepay.post({
      appid: account.appid,
      mchid: account.mchid,
      description: '春笋',
      out_trade_no,
      amount: { total: 1_299 },
      payer: { auth_code: code },
      scene_info: { store_info: { id: '0001' } },
    });
    expect(data.trade_state).toBe('SUCCESS');
  }

  const beijingDay = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

  describe('npm wechatpay-axios-plugin, unmodified, reading bills', () => {
    it.each(['tradebill', 'fundflowbill'])('downloads a %s whose hash holds', async (kind) => {
      const out_trade_no = number();
      await paid(out_trade_no);
      const bill_date = beijingDay(sandbox.clock.now());
      await payer.control('PUT', '/clock', { advance_ms: 2 * A_DAY_MS });
      const { data: offer } = await wxpay.v3.bill[kind].get({ params: { bill_date, tar_type: 'GZIP' } });
      const { searchParams } = new URL(offer.download_url);
      const { data: file } = await wxpay.v3.billdownload.file.get({
        params: Object.fromEntries(searchParams),
        responseType: 'arraybuffer',
      });
      const bill = gunzipSync(file);
      expect(createHash('sha1').update(bill).digest('hex')).toBe(offer.hash_value);
      expect(bill.toString()).toContain(`\`${out_trade_no}`);
    });
  });

  describe('npm wechatpay-axios-plugin, unmodified, carrying on an abnormal refund', () => {
    it('encrypts the card for the platform certificate', async () => {
      const [out_trade_no, out_refund_no] = [number(), `abnormal_${number()}`];
      await paid(out_trade_no);
      const amount = { refund: 300, total: 1_299, currency: 'CNY' };
      const { data: refund } = await wxpay.v3.refund.domestic.refunds.post({ out_trade_no, out_refund_no, amount });
      await payer.control('PUT', '/clock', { advance_ms: 1_000 });
      const [{ serial_no, certificate }] = account.platform_certificates;
      const { data: applied } = await wxpay
        .chain(`v3/refund/domestic/refunds/${refund.refund_id}/apply-abnormal-refund`)
        .post(
          {
            out_refund_no,
            type: 'USER_BANK_CARD',
            bank_type: 'ICBC_DEBIT',
            bank_account: Rsa.encrypt('6222020200012345678', certificate),
            real_name: Rsa.encrypt('张三', certificate),
          },
          { headers: { 'Wechatpay-Serial': serial_no } },
        );
      expect(applied).toMatchObject({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' });
      await payer.control('PUT', '/clock', { advance_ms: 1_000 });
      const { data } = await wxpay.chain(`v3/refund/domestic/refunds/${out_refund_no}`).get();
      expect(data).toMatchObject({ status: 'SUCCESS', user_received_account: '银行储蓄卡5678' });
    });
  });
});
