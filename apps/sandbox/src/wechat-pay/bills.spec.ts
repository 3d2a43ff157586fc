import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { control } from '../control/test-control.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { ADDRESS_LIVES_MS } from './bill-files.js';
import { type MerchantAnswer, TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

const AN_HOUR_MS = 3_600_000;

/** The four parts of a bill, the backticks of its data taken off. */
interface Read {
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly sums: Readonly<Record<string, string>>;
}

function readBill(text: string): Read {
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  const [head = '', ...rest] = lines;
  const [sumHead = '', sums = ''] = rest.splice(-2);
  const cells = (names: string, line: string): Record<string, string> => {
    expect(line).toMatch(/^`/);
    const values = line.slice(1).split(',`');
    expect(values).toHaveLength(names.split(',').length);
    return Object.fromEntries(names.split(',').map((name, index) => [name, values[index] ?? '']));
  };
  return { rows: rest.map((line) => cells(head, line)), sums: cells(sumHead, sums) };
}

describe('WeChat Pay bills', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  let other: TestMerchant;

  /** ¥12.99 late on the 14th in Beijing; on the 15th another, of which ¥2.99 go back, and ¥100 by code, reversed. */
  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
    other = await TestMerchant.of(sandbox, 'public-key');
    await sandbox.clock.set(new Date('2030-03-14T23:55:00+08:00'));
    await paid('bill_late');
    await sandbox.clock.set(new Date('2030-03-15T00:05:00+08:00'));
    await paid('bill_early', { attach: 'a,b\nc', scene_info: { payer_client_ip: '1.2.3.4', device_id: 'till-7' } });
    await sandbox.clock.set(new Date('2030-03-15T12:00:00+08:00'));
    await merchant.refund('bill_early', 'bill_early_r', 299);
    const { code } = (await control(sandbox.url, 'POST', '/payer-codes', { provider: 'wechat_pay' })).body;
    await merchant.scan('bill_code', code, { amount: { total: 10_000 } });
    await merchant.reverse('bill_code');
    await merchant.place('native', 'bill_unpaid');
    await sandbox.clock.set(new Date('2030-03-16T10:00:00+08:00'));
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.faults.set([]));

  const paid = async (reference: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    await merchant.place('native', reference, more);
    const [trade] = sandbox.trades.list({ reference });
    if (trade !== undefined) await sandbox.cashier.pay(trade);
  };
  const tradeBill = (query: string, of = merchant): Promise<MerchantAnswer> => of.get(`/v3/bill/tradebill?${query}`);
  const fundFlow = (query: string): Promise<MerchantAnswer> => merchant.get(`/v3/bill/fundflowbill?${query}`);
  const billOf = async (answer: MerchantAnswer): Promise<Read> => {
    expect([answer.status, answer.trusted]).toEqual([200, true]);
    const { bytes } = await merchant.download(answer.json.download_url);
    return readBill(bytes.toString('utf8'));
  };

  it('gives a signed address of an unsigned file, hashed before it is packed', async () => {
    const plain = await tradeBill('bill_date=2030-03-15');
    expect(plain.trusted).toBe(true);
    expect(plain.json).toEqual({
      hash_type: 'SHA1',
      hash_value: expect.stringMatching(/^[0-9a-f]{40}$/),
      download_url: expect.stringContaining(`${sandbox.url}/v3/billdownload/file?token=`),
    });
    const file = await merchant.download(plain.json.download_url);
    expect(file.status).toBe(200);
    expect([...file.headers.keys()].filter((name) => name.startsWith('wechatpay-'))).toEqual([]);
    expect(createHash('sha1').update(file.bytes).digest('hex')).toBe(plain.json.hash_value);

    const packed = await tradeBill('bill_date=2030-03-15&bill_type=ALL&tar_type=GZIP');
    expect(packed.json.hash_value).toBe(plain.json.hash_value);
    const archive = await merchant.download(packed.json.download_url);
    expect(archive.headers.get('content-encoding')).toBeNull();
    expect(gunzipSync(archive.bytes)).toEqual(file.bytes);
    expect((await merchant.download(packed.json.download_url)).bytes).toEqual(archive.bytes);
  });

  it('has a row for each payment and each refund of the Beijing day, in order of time', async () => {
    const { rows, sums } = await billOf(await tradeBill('bill_date=2030-03-15'));
    const { appid, mchid } = merchant.account;
    expect(rows).toMatchObject([
      {
        交易时间: expect.stringMatching(/^2030-03-15 00:05:\d\d$/),
        公众账号ID: appid,
        商户号: mchid,
        特约商户号: '0',
        设备号: 'till-7',
        微信订单号: expect.stringMatching(/^4200\d{24}$/),
        商户订单号: 'bill_early',
        用户标识: expect.stringMatching(/^o.{27}$/),
        交易类型: 'NATIVE',
        交易状态: 'SUCCESS',
        付款银行: 'OTHERS',
        货币种类: 'CNY',
        应结订单金额: '12.99',
        代金券金额: '0.00',
        微信退款单号: '',
        退款金额: '0.00',
        商品名称: '一箱柚子',
        商户数据包: 'a\\ b\\nc',
        手续费: '0.08',
        费率: '0.60%',
        订单金额: '12.99',
        申请退款金额: '0.00',
        费率备注: '',
      },
      {
        交易时间: expect.stringMatching(/^2030-03-15 12:00:\d\d$/),
        商户订单号: 'bill_early',
        交易状态: 'REFUND',
        应结订单金额: '0.00',
        微信退款单号: expect.stringMatching(/^50\d{27}$/),
        商户退款单号: 'bill_early_r',
        退款金额: '2.99',
        退款类型: 'ORIGINAL',
        退款状态: 'SUCCESS',
        手续费: '-0.02',
        订单金额: '0.00',
        申请退款金额: '2.99',
      },
      { 商户订单号: 'bill_code', 交易类型: 'MICROPAY', 交易状态: 'SUCCESS', 订单金额: '100.00', 手续费: '0.60' },
      { 商户订单号: 'bill_code', 交易状态: 'REVOKED', 商户退款单号: '', 退款金额: '100.00', 手续费: '-0.60' },
    ]);
    expect(sums).toEqual({
      总交易单数: '4',
      应结订单总金额: '112.99',
      退款总金额: '102.99',
      充值券退款总金额: '0.00',
      手续费总金额: '0.06',
      订单总金额: '112.99',
      申请退款总金额: '102.99',
    });
    const before = await billOf(await tradeBill('bill_date=2030-03-14'));
    expect(before.rows.map((row) => row['商户订单号'])).toEqual(['bill_late']);
  });

  it('names its columns exactly as the documentation does', async () => {
    const heads = await Promise.all(
      ['ALL', 'SUCCESS', 'REFUND'].map(async (type) => {
        const { json } = await tradeBill(`bill_date=2030-03-15&bill_type=${type}`);
        return (await merchant.download(json.download_url)).bytes.toString('utf8').split('\r\n')[0];
      }),
    );
    const start =
      '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额';
    const refund = '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态';
    expect(heads).toEqual([
      `${start},${refund},商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注`,
      `${start},商品名称,商户数据包,手续费,费率,订单金额,费率备注`,
      `${start},退款申请时间,退款成功时间,${refund},商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注`,
    ]);
  });

  it('keeps payments and refunds apart when asked for one of them', async () => {
    const success = await billOf(await tradeBill('bill_date=2030-03-15&bill_type=SUCCESS'));
    expect(success.rows.map((row) => row['交易状态'])).toEqual(['SUCCESS', 'SUCCESS']);
    expect(success.sums).toMatchObject({ 总交易单数: '2', 退款总金额: '0.00', 手续费总金额: '0.68' });
    const refund = await billOf(await tradeBill('bill_date=2030-03-15&bill_type=REFUND'));
    expect(refund.rows).toMatchObject([
      { 退款申请时间: expect.stringMatching(/^2030-03-15 12/), 退款成功时间: expect.stringMatching(/^2030-03-15 12/) },
      { 交易状态: 'REVOKED' },
    ]);
    expect((await tradeBill('bill_date=2030-03-14&bill_type=REFUND')).json.code).toBe('NO_STATEMENT_EXIST');
  });

  it('follows the account fen by fen, down to what the books say', async () => {
    const { rows, sums } = await billOf(await fundFlow('bill_date=2030-03-15&account_type=BASIC'));
    expect(rows.map((row) => [row['业务类型'], row['收支类型'], row['收支金额(元)'], row['账户结余(元)']])).toEqual([
      ['交易', '收入', '12.99', '25.90'],
      ['扣除交易手续费', '支出', '0.08', '25.82'],
      ['交易', '收入', '100.00', '125.82'],
      ['扣除交易手续费', '支出', '0.60', '125.22'],
      ['退款', '支出', '99.40', '25.82'],
      ['退款', '支出', '2.97', '22.85'],
    ]);
    expect(sums).toEqual({ 资金流水总笔数: '6', 收入笔数: '2', 收入金额: '112.99', 支出笔数: '4', 支出金额: '103.05' });
    expect(new Set(rows.map((row) => row['资金流水单号'])).size).toBe(6);
    const { totals } = (await control(sandbox.url, 'GET', '/books')).body;
    expect(totals).toMatchObject([{ account: 'certificate', net: 2_285 }]);
    expect((await fundFlow('bill_date=2030-03-15&account_type=FEES')).json.code).toBe('NO_STATEMENT_EXIST');
  });

  it.each([
    ['bill_date=2030-03-16', 'INVALID_REQUEST'],
    ['bill_date=2030-03-17', 'INVALID_REQUEST'],
    ['bill_date=2029-12-15', 'INVALID_REQUEST'],
    ['bill_date=2029-12-16', 'NO_STATEMENT_EXIST'],
    ['bill_date=2030-02-30', 'PARAM_ERROR'],
    ['bill_date=20300315', 'PARAM_ERROR'],
    ['bill_date=', 'PARAM_ERROR'],
    ['tar_type=GZIP', 'PARAM_ERROR'],
    ['bill_date=2030-03-15&tar_type=ZIP', 'PARAM_ERROR'],
  ])('answers both bills for ?%s with %s, signed', async (query, code) => {
    for (const answer of [await tradeBill(query), await fundFlow(query)]) {
      expect([answer.status, answer.json.code, answer.trusted]).toEqual([400, code, true]);
    }
  });

  it('knows its own types only, and no sub merchants of a direct merchant', async () => {
    const day = 'bill_date=2030-03-15';
    expect((await tradeBill(`${day}&bill_type=ALL_SPECIAL`)).json.code).toBe('PARAM_ERROR');
    expect((await fundFlow(`${day}&account_type=CASH`)).json.code).toBe('PARAM_ERROR');
    expect((await tradeBill(`${day}&sub_mchid=1900000109`)).json.code).toBe('NO_AUTH');
    expect((await tradeBill(day, other)).json.code).toBe('NO_STATEMENT_EXIST');
  });

  it('gives the file to its merchant only, who must sign, while the token lives', async () => {
    const { download_url: url } = (await tradeBill('bill_date=2030-03-15')).json;
    expect((await other.download(url)).status).toBe(403);
    expect((await merchant.download(url, { signedBody: 'x' })).status).toBe(401);
    await sandbox.clock.advance(ADDRESS_LIVES_MS - 60_000);
    expect((await merchant.download(url)).status).toBe(200);
    await sandbox.clock.advance(60_000);
    const late = await merchant.get(new URL(url).pathname + new URL(url).search);
    expect([late.status, late.json.code, late.trusted]).toEqual([400, 'INVALID_REQUEST', true]);
    expect((await merchant.get('/v3/billdownload/file')).json.code).toBe('INVALID_REQUEST');
  });

  it('stands under the canonical host when the account says so', async () => {
    const created = await control(sandbox.url, 'POST', '/accounts', {
      provider: 'wechat_pay',
      name: 'canonical',
      bill_host: 'canonical',
    });
    expect(created.body).toMatchObject({ bill_host: 'canonical', strict: false });
    const canonical = await TestMerchant.of(sandbox, 'canonical');
    await canonical.place('native', 'bill_canonical');
    const [trade] = sandbox.trades.list({ reference: 'bill_canonical' });
    if (trade !== undefined) await sandbox.cashier.pay(trade);
    await sandbox.clock.advance(24 * AN_HOUR_MS);
    const { json } = await tradeBill('bill_date=2030-03-16', canonical);
    expect(json.download_url).toMatch(/^https:\/\/api\.mch\.weixin\.qq\.com\/v3\/billdownload\/file\?token=[\w-]+$/);
    expect((await canonical.download(json.download_url)).status).toBe(200);
  });

  it('makes the bill of a day at ten the next morning', async () => {
    await sandbox.clock.set(new Date('2030-03-20T23:50:00+08:00'));
    await merchant.refund('bill_early', 'bill_pending_r', 100);
    await sandbox.clock.set(new Date('2030-03-21T09:58:00+08:00'));
    const early = await tradeBill('bill_date=2030-03-20');
    expect([early.status, early.json.code, early.trusted]).toEqual([400, 'STATEMENT_CREATING', true]);
    await sandbox.clock.set(new Date('2030-03-21T10:00:00+08:00'));
    const { rows } = await billOf(await tradeBill('bill_date=2030-03-20'));
    expect(rows).toMatchObject([{ 商户退款单号: 'bill_pending_r', 退款状态: 'SUCCESS' }]);
  });

  it('is within reach of fault rules: the two calls, and the download', async () => {
    const match = { provider: 'wechat_pay', operation: 'bill' } as const;
    const query = 'bill_date=2030-03-15';
    sandbox.faults.set([{ match, phase: 'before', action: 'error', code: 'STATEMENT_CREATING', times: 1 }]);
    const refused = await tradeBill(query);
    expect([refused.status, refused.json.code, refused.trusted]).toEqual([400, 'STATEMENT_CREATING', true]);
    sandbox.faults.set([{ match, phase: 'after', action: 'bad_signature', times: 1 }]);
    const spoiled = await fundFlow(query);
    expect([spoiled.status, spoiled.trusted]).toEqual([200, false]);
    const { download_url: url } = (await tradeBill(query)).json;
    sandbox.faults.set([{ match, phase: 'after', action: 'cut', bytes: 100, times: 1 }]);
    await expect(merchant.download(url)).rejects.toThrow(/fetch failed|terminated/);
    expect((await merchant.download(url)).status).toBe(200);
  });
});
