import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlipayAccount } from './account.js';
import { decryptContent, encryptContent } from './aes-content.js';
import { plainContent } from './content-encryption.js';
import { Parameters, parsePairs } from './parameters.js';
import { verifyRsa2 } from './rsa2.js';
import { TestMerchant } from './test-merchant.js';

const KEY = 'AAECAwQFBgcICQoLDA0ODw==';
const ANSWER =
  /^\{"alipay_trade_query_response":("[A-Za-z0-9+/]+={0,2}"),(?:"alipay_cert_sn":"[0-9a-f]{32}",)?"sign":"([^"]+)"\}$/;

describe('AES content', () => {
  it('is AES-128-CBC under an IV of zeros: what openssl makes of it', () => {
    expect(encryptContent(Buffer.from('{"a":"淘"}'), KEY)).toBe('4lJZwtUC5f6DcuKa+1w5nQ==');
    expect(decryptContent('4lJZwtUC5f6DcuKa+1w5nQ==', KEY).toString()).toBe('{"a":"淘"}');
  });

  it('needs a key that the app has: accounts kept from before have none', () => {
    const account = { name: 'old', sign_mode: 'key' } as AlipayAccount;
    const parameters = Parameters.merge(parsePairs('encrypt_type=AES&biz_content=AAAA'));
    expect(() => plainContent(parameters, account)).toThrow('isv.missing-encrypt-key');
  });

  it('does not open with another key', () => {
    expect(() => decryptContent('4lJZwtUC5f6DcuKa+1w5nQ==', Buffer.alloc(16, 7).toString('base64'))).toThrow(/decrypt/);
  });
});

describe.each(['key', 'certificate'])('an encrypted call in %s mode', (mode) => {
  let merchant: TestMerchant;
  beforeAll(async () => {
    merchant = await TestMerchant.start({ sign_mode: mode });
  });
  afterAll(() => merchant.stop());

  const exec = async (method: string, bizContent: Record<string, unknown>) =>
    (await merchant.sdk.exec(method, { bizContent, needEncrypt: true })) as unknown as Record<string, string>;
  const names = () => {
    const { appCertSn, alipayRootCertSn } = merchant.sdk.config;
    return mode === 'key' ? {} : { app_cert_sn: appCertSn ?? '', alipay_root_cert_sn: alipayRootCertSn ?? '' };
  };
  const query = (changes: Record<string, string> = {}) => {
    const biz_content = encryptContent(Buffer.from('{"out_trade_no":"a_1"}'), merchant.account.encrypt_key);
    const fields = { encrypt_type: 'AES', biz_content, ...names(), ...changes };
    return merchant.signed('alipay.trade.query', {}, fields);
  };
  const textOf = async (fields: Record<string, string>) =>
    (await fetch(merchant.gateway, { method: 'POST', body: new URLSearchParams(fields) })).text();

  it('is read, and answered so that the SDK can read it', async () => {
    const order = { out_trade_no: 'a_1', total_amount: '3.00', subject: '茶 a/b', buyer_id: '2088000000000007' };
    expect(await exec('alipay.trade.create', order)).toMatchObject({ code: '10000', outTradeNo: 'a_1' });
    expect(merchant.sandbox.trades.list({ reference: 'a_1' })).toMatchObject([{ description: '茶 a/b' }]);
    expect(await exec('alipay.trade.query', { out_trade_no: 'a_1' })).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' });
  });

  it('is signed over the ciphertext with its quotes', async () => {
    const [, quoted = '', sign = ''] = ANSWER.exec(await textOf(query())) ?? [];
    const key = createPublicKey(merchant.account.alipay_public_key);
    expect(verifyRsa2(Buffer.from(quoted), sign, key)).toBe(true);
    const plain = decryptContent(JSON.parse(quoted) as string, merchant.account.encrypt_key).toString();
    expect(plain).toMatch(/^\{"code":"10000","msg":"Success","trade_no":"\d{28}","out_trade_no":"a_1",/);
  });

  it('is told encrypted when the trade refuses, plainly when the gateway does', async () => {
    expect(await exec('alipay.trade.close', { out_trade_no: 'none' })).toMatchObject({
      subCode: 'ACQ.TRADE_NOT_EXIST',
    });
    expect(await textOf({ ...query(), sign: 'AAAA' })).toContain('"sub_code":"isv.invalid-signature"');
  });

  it.each([
    [{ encrypt_type: 'SM4' }, '40002', 'isv.invalid-encrypt-type'],
    [{ biz_content: '{"out_trade_no":"a_1"}' }, '40003', 'isv.decryption-error-unknown'],
    [{ encrypt_type: '' }, '40002', 'isv.illegal-json'],
  ])('is refused with %j', async (changes, code, subCode) => {
    expect(await merchant.post(query(changes))).toMatchObject({ code, sub_code: subCode });
  });

  it('can be named by a fault rule, although its numbers are hidden', async () => {
    const match = { provider: 'alipay', reference: 'a_1' };
    const rule = { match, phase: 'before', action: 'error', code: 'ACQ.SYSTEM_ERROR', times: 1 };
    await merchant.control('faults', { rules: [rule] }, 'PUT');
    expect(await exec('alipay.trade.query', { out_trade_no: 'a_1' })).toMatchObject({ subCode: 'ACQ.SYSTEM_ERROR' });
  });

  it('may be an order string too', async () => {
    const bizContent = { out_trade_no: 'a_2', total_amount: '5.00', subject: '米' };
    const order_string = merchant.sdk.sdkExec('alipay.trade.app.pay', { bizContent, needEncrypt: true });
    expect(order_string).not.toContain('a_2');
    const next_action = { type: 'invoke_sdk', sdk: 'alipay_app', params: { order_string } };
    const answer = await merchant.control('open', { next_action });
    expect(await answer.json()).toMatchObject({ data: { reference: 'a_2', amount: 500 } });
  });
});
