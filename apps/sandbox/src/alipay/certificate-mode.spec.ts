import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import type { CertificateAccount } from './account.js';
import { certSn, rootCertSn } from './cert-sn.js';
import { alipayWire } from './index.js';
import { verifyRsa2 } from './rsa2.js';
import { TestMerchant } from './test-merchant.js';

const ANSWER = /^\{"alipay_trade_query_response":(.*),"alipay_cert_sn":"([0-9a-f]{32})","sign":"([^"]+)"\}$/;

describe('an app in certificate mode', () => {
  let merchant: TestMerchant;
  let names: { app_cert_sn: string; alipay_root_cert_sn: string };
  beforeAll(async () => {
    merchant = await TestMerchant.start({ sign_mode: 'certificate' });
    const { app_cert: app, root_cert: root } = merchant.account;
    names = { app_cert_sn: certSn(app ?? ''), alipay_root_cert_sn: rootCertSn(root ?? '') };
  });
  afterAll(() => merchant.stop());

  const query = (changes: Record<string, string>) =>
    merchant.signed('alipay.trade.query', { out_trade_no: 'none' }, changes);
  const answerTo = async (fields: Record<string, string>): Promise<string> =>
    (await fetch(merchant.gateway, { method: 'POST', body: new URLSearchParams(fields) })).text();

  it('is there from the first start, after one in key mode', async () => {
    const { alipay } = (await merchant.sandbox.accounts.showAll()) as Record<string, Record<string, unknown>[]>;
    expect(alipay?.map(({ name, sign_mode: mode }) => [name, mode])).toEqual([
      ['key-mode', 'key'],
      ['certificate-mode', 'certificate'],
      ['shop', 'certificate'],
    ]);
    expect(alipay?.[0]).toMatchObject({ app_cert: null, alipay_cert: null, root_cert: null });
  });

  it('holds certificates of its own key and of the key that signs for Alipay', () => {
    const { account } = merchant;
    const spkiOf = (pem: string | null): string =>
      new X509Certificate(pem ?? '').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const appKey = createPublicKey(account.private_key).export({ type: 'spki', format: 'pem' });
    expect(spkiOf(account.app_cert)).toBe(appKey);
    expect(spkiOf(account.alipay_cert)).toBe(account.alipay_public_key);
  });

  it('is answered with the name of the certificate right after the response, which it verifies', async () => {
    const [, response = '', named, sign = ''] = ANSWER.exec(await answerTo(query(names))) ?? [];
    const certificate = merchant.account.alipay_cert ?? '';
    expect(named).toBe(certSn(certificate));
    expect(verifyRsa2(Buffer.from(response), sign, new X509Certificate(certificate).publicKey)).toBe(true);
    expect(JSON.parse(response)).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' });
  });

  it.each([
    [{ alipay_root_cert_sn: '' }, 'isv.missing-alipay-root-cert-sn'],
    [{ alipay_root_cert_sn: '0'.repeat(32) }, 'isv.invalid-alipay-root-cert-sn'],
    [{ app_cert_sn: '0'.repeat(32) }, 'isv.app-cert-not-exist'],
  ])('is refused with %j, and still told the certificate', async (changes, subCode) => {
    const text = await answerTo(query({ ...names, ...changes }));
    expect(text).toContain(`"code":"40002","msg":"Invalid Arguments","sub_code":"${subCode}"`);
    expect(text).toMatch(ANSWER);
  });

  it('is refused without app_cert_sn, before its signature is looked at, and told no certificate', async () => {
    const text = await answerTo({ ...query({ ...names, app_cert_sn: '' }), sign: 'x' });
    expect(text).toContain('"sub_code":"isv.missing-app-cert-sn","sub_msg":"缺少应用公钥证书序列号"');
    expect(text).not.toContain('alipay_cert_sn');
  });

  it('is refused a wrong signature like everybody', async () => {
    expect(await answerTo({ ...query(names), sign: 'AAAA' })).toContain('isv.invalid-signature');
  });

  it('serves the unmodified SDK, which verifies with the certificate', async () => {
    const order = { out_trade_no: 'c_1', total_amount: '3.00', subject: '茶 a/b', buyer_id: '2088000000000007' };
    expect(await merchant.call('alipay.trade.create', order)).toMatchObject({ code: '10000', outTradeNo: 'c_1' });
    expect(await merchant.call('alipay.trade.query', { out_trade_no: 'c_1' })).toMatchObject({
      tradeStatus: 'WAIT_BUYER_PAY',
    });
  });

  it('has an order string opened by the wallet, its certificates named in it', async () => {
    const bizContent = { out_trade_no: 'c_2', total_amount: '5.00', subject: '米' };
    const orderString = merchant.sdk.sdkExec('alipay.trade.app.pay', { bizContent });
    const next_action = { type: 'invoke_sdk', sdk: 'alipay_app', params: { order_string: orderString } };
    const answer = await merchant.control('open', { next_action });
    expect(await answer.json()).toMatchObject({ data: { reference: 'c_2', state: 'awaiting_payer' } });
  });

  it('is notified in the same form as in key mode: no certificate is named', async () => {
    const order = { out_trade_no: 'c_3', total_amount: '3.00', subject: 'Tea', buyer_id: '2088000000000007' };
    await merchant.call('alipay.trade.create', order, { notifyUrl: merchant.notifyUrl });
    const [trade] = merchant.sandbox.trades.list({ reference: 'c_3' });
    if (trade !== undefined) await merchant.sandbox.cashier.pay(trade);
    await merchant.sandbox.settled();
    const notified = merchant.notified.at(-1) ?? {};
    expect(notified).not.toHaveProperty('alipay_cert_sn');
    expect(merchant.sdk.checkNotifySignV2(notified)).toBe(true);
  });

  it('downloads the certificate that an answer names, and no other', async () => {
    const download = (biz: Record<string, unknown>) =>
      merchant.post(merchant.signed('alipay.open.app.alipaycert.download', biz, names));
    const pem = merchant.account.alipay_cert ?? '';
    const { code, alipay_cert_content: content = '' } = await download({ alipay_cert_sn: certSn(pem) });
    expect([code, Buffer.from(content, 'base64').toString()]).toEqual(['10000', pem]);
    expect(await download({ alipay_cert_sn: names.app_cert_sn })).toMatchObject({
      sub_code: 'isv.alipay-cert-not-exist',
    });
    expect(await download({})).toMatchObject({ sub_code: 'isv.missing-alipay-cert-sn' });
  });

  it('names its certificate in an injected error too', async () => {
    const match = { provider: 'alipay', operation: 'query' };
    const rule = { match, phase: 'before', action: 'error', code: 'ACQ.SYSTEM_ERROR', times: 1 };
    await merchant.control('faults', { rules: [rule] }, 'PUT');
    expect(await answerTo(query(names))).toMatch(ANSWER);
  });

  it('can be answered under the name of a certificate that it was never given', async () => {
    const match = { provider: 'alipay', operation: 'query' };
    await merchant.control('faults', { rules: [{ match, phase: 'before', action: 'wrong_serial', times: 1 }] }, 'PUT');
    const [, response = '', named, sign = ''] = ANSWER.exec(await answerTo(query(names))) ?? [];
    expect(named).not.toBe(certSn(merchant.account.alipay_cert ?? ''));
    expect(verifyRsa2(Buffer.from(response), sign, createPublicKey(merchant.account.alipay_public_key))).toBe(true);
  });

  it('is logged with the certificate that it was verified by', async () => {
    await answerTo(query(names));
    expect(merchant.sandbox.requests.all().at(-1)).toMatchObject({
      verdict: 'accepted',
      key: `app_cert ${names.app_cert_sn} of ${merchant.account.app_id}`,
    });
  });
});

describe('certificates over a restart', () => {
  it('stay what they were, and new apps chain to the same root', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hutong-alipay-'));
    const start = () => createSandbox({ wires: [alipayWire], dataDir });
    const shown = async (sandbox: Sandbox) =>
      (await sandbox.accounts.showAll()) as Record<string, CertificateAccount[]>;
    const first = await start();
    const { alipay: before } = await shown(first);
    await first.close();
    const second = await start();
    expect((await shown(second))['alipay']).toEqual(before);
    const late = await second.accounts.create('alipay', { name: 'late', sign_mode: 'certificate' });
    const { root_cert: root, app_cert: leaf } = late as CertificateAccount;
    expect(root).toBe(before?.[1]?.root_cert);
    expect(new X509Certificate(leaf).verify(new X509Certificate(root).publicKey)).toBe(true);
    await second.close();
  });
});

describe('an app in key mode', () => {
  it('has no certificate to name', async () => {
    const merchant = await TestMerchant.start();
    const fields = merchant.signed('alipay.trade.query', { out_trade_no: 'x' }, { app_cert_sn: '0'.repeat(32) });
    expect(await merchant.post(fields)).toMatchObject({ sub_code: 'isv.app-cert-not-exist' });
    await merchant.stop();
  });
});
