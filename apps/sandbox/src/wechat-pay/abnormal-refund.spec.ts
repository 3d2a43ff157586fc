import { constants, createPublicKey, publicEncrypt, randomUUID, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control } from '../control/test-control.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { type MerchantAnswer, TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

/** One of WeChat Pay's keys as a merchant holds it: the serial to name, and the field encrypted with it. */
interface Sealing {
  readonly serial: string;
  seal(text: string): string;
}

function sealing(serial: string, key: Parameters<typeof createPublicKey>[0]): Sealing {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return {
    serial,
    seal: (text) =>
      publicEncrypt({ key: createPublicKey(key), padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64'),
  };
}

function certificateOf({ platform }: TestMerchant, index = 0): Sealing {
  const { serial_no: serial = '', certificate = '' } = platform.platform_certificates[index] ?? {};
  return sealing(serial, new X509Certificate(certificate).publicKey.export({ format: 'pem', type: 'spki' }));
}

const publicKeyOf = ({ platform }: TestMerchant): Sealing =>
  sealing(platform.public_key_id ?? '', platform.public_key ?? '');

let sandbox: Sandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await createSandbox({ wires: [wechatPayWire] });
  await sandbox.listen();
  merchant = await TestMerchant.of(sandbox);
});
afterAll(() => sandbox.close());

/** Pays an order of `of` and has its refund turn abnormal. @returns the refund */
async function abnormalRefund(of: TestMerchant): Promise<{ readonly id: string; readonly no: string }> {
  const [order, no] = [randomUUID().slice(0, 18), `abnormal_${randomUUID()}`];
  await of.place('native', order);
  const [trade] = sandbox.trades.list({ reference: order });
  if (trade !== undefined) await sandbox.cashier.pay(trade);
  const { json } = await of.refund(order, no, 299);
  await sandbox.clock.advance(1_000);
  return { id: json.refund_id, no };
}

describe('an abnormal refund', () => {
  let refund: { readonly id: string; readonly no: string };
  beforeEach(async () => {
    refund = await abnormalRefund(merchant);
  });

  const apply = (body: object, serial?: string, of = merchant): Promise<MerchantAnswer> => {
    const headers = serial === undefined ? {} : { 'wechatpay-serial': serial };
    const path = `/v3/refund/domestic/refunds/${refund.id}/apply-abnormal-refund`;
    return of.post(path, { out_refund_no: refund.no, ...body }, { headers });
  };
  const toUser = ({ seal }: Sealing, more: object = {}): object => ({
    type: 'USER_BANK_CARD',
    bank_type: 'ICBC_DEBIT',
    bank_account: seal('6222020200012345678'),
    real_name: seal('张三'),
    ...more,
  });

  it("sends the money to the user's card, whose number came encrypted", async () => {
    const key = certificateOf(merchant);
    const applied = await apply(toUser(key), key.serial);
    expect([applied.status, applied.trusted]).toEqual([200, true]);
    expect(applied.json).toMatchObject({
      status: 'PROCESSING',
      refund_id: refund.id,
      channel: 'OTHER_BANKCARD',
      user_received_account: '银行储蓄卡5678',
    });
    expect((await apply(toUser(key), key.serial)).json.status).toBe('PROCESSING');
    await sandbox.clock.advance(1_000);
    const { json } = await merchant.get(`/v3/refund/domestic/refunds/${refund.no}`);
    expect(json).toMatchObject({ status: 'SUCCESS', channel: 'OTHER_BANKCARD', amount: { refund: 299 } });
    expect((await apply(toUser(key), key.serial)).json.code).toBe('INVALID_REQUEST');
  });

  it("sends it to the merchant's card without any secret", async () => {
    const applied = await apply({ type: 'MERCHANT_BANK_CARD' });
    expect(applied.json).toMatchObject({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' });
  });

  it('says what is wrong with the encryption: no serial, a foreign one, no ciphertext, another key', async () => {
    const key = certificateOf(merchant);
    const foreign = certificateOf(await TestMerchant.of(sandbox, 'switching'));
    const said = async (body: object, serial?: string): Promise<string> => {
      const { status, json } = await apply(body, serial);
      expect([status, json.code]).toEqual([400, 'PARAM_ERROR']);
      return json.message;
    };
    const noSerial = 'HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)';
    expect([await said(toUser(key)), await said(toUser(key), '')]).toEqual([noSerial, noSerial]);
    const wrongSerial = '平台证书序列号Wechatpay-Serial错误';
    for (const serial of [foreign.serial, merchant.account.serial_no, 'PUB_KEY_ID_0116']) {
      expect(await said(toUser(key), serial)).toBe(wrongSerial);
    }
    const noCiphertext = '请确认待处理的消息是否为加密后的密文';
    expect(await said(toUser(key, { real_name: '张三' }), key.serial)).toBe(noCiphertext);
    expect(await said(toUser(foreign), key.serial)).toBe(noCiphertext);
    expect(await said(toUser(key, { bank_account: key.seal('card') }), key.serial)).toBe('银行卡号格式不正确');
    expect(await said(toUser(key, { bank_type: undefined }), key.serial)).toContain('/body/bank_type');
    expect((await merchant.get(`/v3/refund/domestic/refunds/${refund.no}`)).json.status).toBe('ABNORMAL');
  });

  it('is for refunds that are abnormal, under both of their numbers', async () => {
    const body = { type: 'MERCHANT_BANK_CARD' };
    expect((await apply({ ...body, out_refund_no: 'none' })).json.code).toBe('RESOURCE_NOT_EXISTS');
    const path = '/v3/refund/domestic/refunds/5000/apply-abnormal-refund';
    expect((await merchant.post(path, { ...body, out_refund_no: refund.no })).json.code).toBe('RESOURCE_NOT_EXISTS');
    const other = await TestMerchant.of(sandbox, 'switching');
    expect((await apply(body, undefined, other)).json.code).toBe('RESOURCE_NOT_EXISTS');
    expect((await apply({ type: 'CASH' })).json.code).toBe('PARAM_ERROR');
  });

  it('opens what was encrypted for either key while a merchant switches, and for an older certificate', async () => {
    const switching = await TestMerchant.of(sandbox, 'switching');
    for (const key of [certificateOf(switching), publicKeyOf(switching)]) {
      refund = await abnormalRefund(switching);
      expect((await apply(toUser(key), key.serial, switching)).json.status).toBe('PROCESSING');
    }
    await control(sandbox.url, 'POST', '/accounts/wechat_pay/switching/rotate');
    const rotated = await TestMerchant.of(sandbox, 'switching');
    for (const index of [0, 1]) {
      refund = await abnormalRefund(switching);
      const key = certificateOf(rotated, index);
      expect((await apply(toUser(key), key.serial, rotated)).json.status).toBe('PROCESSING');
    }
  });

  it('opens nothing but its public key for a merchant that has only that', async () => {
    const modern = await TestMerchant.of(sandbox, 'public-key');
    refund = await abnormalRefund(modern);
    const [own, old] = [publicKeyOf(modern), certificateOf(merchant)];
    expect((await apply(toUser(old), old.serial, modern)).json.message).toBe('平台证书序列号Wechatpay-Serial错误');
    expect((await apply(toUser(own), own.serial, modern)).json.status).toBe('PROCESSING');
  });
});

describe("an order's payer.identity", () => {
  const place = (identity: object, serial?: string): Promise<MerchantAnswer> => {
    const headers = serial === undefined ? {} : { 'wechatpay-serial': serial };
    const body = merchant.order(`id_${randomUUID().slice(0, 18)}`, { payer: { identity } });
    return merchant.post('/v3/pay/transactions/native', body, { headers });
  };

  it('must be readable with the key that the request names', async () => {
    const { seal, serial } = certificateOf(merchant);
    const identity = { type: 'IDCARD', number: seal('310101199001011234'), name: seal('张三') };
    expect((await place(identity, serial)).status).toBe(200);
    expect((await place(identity)).json.message).toContain('缺少微信支付平台证书序列号');
    expect((await place({ ...identity, name: '张三' }, serial)).json.message).toBe(
      '请确认待处理的消息是否为加密后的密文',
    );
    expect((await place({ type: 'IDCARD', name: seal('张三') }, serial)).json.message).toContain('number');
  });

  it('is held to the same where orders are combined', async () => {
    const { seal, serial } = certificateOf(merchant);
    const { appid, mchid } = merchant.account;
    const combine = (name: string): Promise<MerchantAnswer> => {
      const number = randomUUID().slice(0, 18);
      const sub_orders = ['a', 'b'].map((part) => ({
        mchid,
        attach: 'x',
        amount: { total_amount: 1, currency: 'CNY' },
        out_trade_no: `${number}_${part}`,
        description: '茶',
      }));
      const body = {
        combine_appid: appid,
        combine_mchid: mchid,
        combine_out_trade_no: number,
        combine_payer_info: { identity: { type: 'IDCARD', number: seal('310101199001011234'), name } },
        notify_url: 'http://127.0.0.1:9/notify',
        sub_orders,
      };
      return merchant.post('/v3/combine-transactions/native', body, { headers: { 'wechatpay-serial': serial } });
    };
    expect((await combine(seal('张三'))).status).toBe(200);
    expect((await combine('张三')).json.message).toBe('请确认待处理的消息是否为加密后的密文');
  });
});
