import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostileTarget } from '../frame/test-hostility.js';
import { overTheLine } from '../frame/test-socket.js';
import { rowsOf, type UnpackedBill, unpackBills } from './test-bills.js';
import { TestMerchant } from './test-merchant.js';

const METHOD = 'alipay.data.dataservice.bill.downloadurl.query';
const at = (beijing: string): Date => new Date(`${beijing}+08:00`);

let merchant: TestMerchant;
beforeAll(async () => {
  merchant = await TestMerchant.start();
});
afterAll(() => merchant.stop());
beforeEach(async () => void (await merchant.control('faults', { rules: [] }, 'PUT')));

const acct = (): string => `${merchant.account.seller_id}0156`;
const ask = (bill_type: string, bill_date: string): Promise<Record<string, string>> =>
  merchant.call(METHOD, { bill_type, bill_date });

async function bills(type: string, date: string): Promise<readonly UnpackedBill[]> {
  const { billDownloadUrl = '' } = await ask(type, date);
  return unpackBills(await (await fetch(billDownloadUrl)).arrayBuffer());
}

async function paid(number: string, yuan: string, more: Record<string, string> = {}): Promise<void> {
  const biz = { out_trade_no: number, total_amount: yuan, subject: '春笋', buyer_id: '2088000000000007', ...more };
  await merchant.call('alipay.trade.create', biz);
  const [trade] = merchant.sandbox.trades.list({ reference: number });
  if (trade !== undefined) await merchant.sandbox.cashier.pay(trade);
}

const refunded = (number: string, yuan: string, request: string): Promise<unknown> =>
  merchant.call('alipay.trade.refund', {
    out_trade_no: number,
    refund_amount: yuan,
    out_request_no: request,
    refund_reason: '坏了',
  });

describe('statements', () => {
  beforeAll(async () => {
    const { clock } = merchant.sandbox;
    await clock.set(at('2030-05-05T23:59:50'));
    await paid('late', '10.00', { body: '一箱', store_id: 'NJ_001', operator_id: 'op', terminal_id: 't1' });
    await clock.set(at('2030-05-06T00:00:00'));
    await paid('early', '200.00', { subject: 'a,b "c"' });
    await refunded('late', '4.00', 'r-1');
    await clock.set(at('2030-05-06T12:00:00'));
    await paid('unpaid-stays-out', '1.00', { buyer_id: '2088000000000008' });
  });

  it.each([
    ['trade', '2030-05-06', 'INVAILID_ARGUMENTS'],
    ['trade', '2030-05', 'INVAILID_ARGUMENTS'],
    ['trade', '2031-01-01', 'INVAILID_ARGUMENTS'],
    ['trade', '2030-02-30', 'INVAILID_ARGUMENTS'],
    ['trade', '20300505', 'INVAILID_ARGUMENTS'],
    ['trade', '2024-05-01', 'BILL_NOT_EXIST'],
    ['nothing', '2030-05-05', 'INVAILID_ARGUMENTS'],
    ['merchant_act', '2030-05-05', 'TYPE_NOT_SUPPORTED'],
  ])('are refused for %s of %s: %s', async (type, date, subCode) => {
    expect(await ask(type, date)).toMatchObject({ code: '40004', subCode });
  });

  it('of a day are there from nine the morning after', async () => {
    await merchant.sandbox.clock.set(at('2030-05-07T08:59:00'));
    expect(await ask('trade', '2030-05-06')).toMatchObject({ subCode: 'BILL_NOT_EXIST' });
    await merchant.sandbox.clock.set(at('2030-05-07T09:00:00'));
    expect(await ask('trade', '2030-05-06')).toMatchObject({ code: '10000' });
  });

  it('come as a ZIP of two GBK files whose names carry no UTF-8 flag', async () => {
    const files = await bills('trade', '2030-05-05');
    expect(files.map(({ name, namesAreUtf8 }) => [name, namesAreUtf8])).toEqual([
      [`${acct()}_20300505_业务明细.csv`, false],
      [`${acct()}_20300505_业务明细(汇总).csv`, false],
    ]);
  });

  it('list payments as Alipay lays them out: tabs behind texts, CRLF, totals', async () => {
    const [detail] = await bills('trade', '2030-05-05');
    const lines = detail?.text.split('\r\n') ?? [];
    const [trade] = merchant.sandbox.trades.list({ reference: 'late' });
    expect(lines.slice(0, 4)).toEqual([
      '#支付宝业务明细查询',
      `#账号：[${acct()}]`,
      '#起始日期：[2030年05月05日 00:00:00]   终止日期：[2030年05月06日 00:00:00]',
      '#-----------------------------------------业务明细列表----------------------------------------',
    ]);
    const [columns = [], row = []] = rowsOf(detail as UnpackedBill);
    expect([columns.length, row.length]).toEqual([25, 25]);
    const cells = Object.fromEntries(columns.map((column, index) => [column, row[index]]));
    expect(cells).toMatchObject({
      支付宝交易号: `${trade?.providerReference}\t`,
      商户订单号: 'late\t',
      业务类型: '交易\t',
      商品名称: '春笋',
      完成时间: expect.stringMatching(/^2030-05-05 23:59:5\d$/),
      门店编号: 'NJ_001\t',
      操作员: 'op\t',
      终端号: 't1\t',
      对方账户: '*户(100****0007)\t',
      '订单金额（元）': '10.00',
      '商家实收（元）': '10.00',
      '商家红包消费金额（元）': '0.00\t',
      '退款批次号/请求号': '\t',
      '服务费（元）': '-0.06',
      备注: '一箱',
    });
    expect(lines.slice(6, 9)).toEqual([
      '#-----------------------------------------业务明细列表结束------------------------------------',
      '#交易合计：1笔，商家实收共10.00元，商家优惠共0.00元',
      '#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元',
    ]);
    expect(lines[9]).toMatch(/^#导出时间：\[2030年05月07日 09:00:\d\d\]$/);
  });

  it('belong to the day in Beijing on which the money moved; what went back is negative, its fee comes back', async () => {
    const [detail] = await bills('trade', '2030-05-06');
    const text = detail?.text ?? '';
    const rows: string[][] = parse(text, { comment: '#', comment_no_infix: true, trim: true });
    expect(rows.slice(1).map((row) => [row[1], row[2], row[3], row[12], row[21], row[22], row[24]])).toEqual([
      ['early', '交易', 'a,b "c"', '200.00', '', '-1.20', ''],
      ['late', '退款', '春笋', '-4.00', 'r-1', '0.02', '坏了'],
      ['unpaid-stays-out', '交易', '春笋', '1.00', '', '-0.01', ''],
    ]);
    expect(text).toContain('#退款合计：1笔，商家实收退款共-4.00元，');
  });

  it('sum up by store in a second file', async () => {
    const [, summary] = await bills('trade', '2030-05-06');
    const rows = rowsOf(summary as UnpackedBill);
    expect(rows[0]).toHaveLength(12);
    expect(rows.slice(1).map((row) => row.map((cell) => cell.trim()))).toEqual([
      ['', '', '2', '0', '201.00', '201.00', '0.00', '0.00', '0.00', '-1.21', '0.00', '199.79'],
      ['NJ_001', '', '0', '1', '-4.00', '-4.00', '0.00', '0.00', '0.00', '0.02', '0.00', '-3.98'],
      ['合计', '', '2', '1', '197.00', '197.00', '0.00', '0.00', '0.00', '-1.19', '0.00', '195.81'],
    ]);
  });

  it('of funds tell every change of the balance, carried over from the days before', async () => {
    const files = await bills('signcustomer', '2030-05-06');
    expect(files.map(({ name }) => name)).toEqual([
      `${acct()}_20300506_账务明细.csv`,
      `${acct()}_20300506_账务明细(汇总).csv`,
    ]);
    const rows: string[][] = parse(files[0]?.text ?? '', { comment: '#', comment_no_infix: true, trim: true });
    expect(rows[0]).toHaveLength(12);
    expect(rows.slice(1).map((row) => [row[2], row[6], row[7], row[8], row[10]])).toEqual([
      ['early', '200.00', '0.00', '209.94', '在线支付'],
      ['early', '0.00', '-1.20', '208.74', '收费'],
      ['late', '0.00', '-4.00', '204.74', '交易退款'],
      ['late', '0.02', '0.00', '204.76', '退费'],
      ['unpaid-stays-out', '1.00', '0.00', '205.76', '在线支付'],
      ['unpaid-stays-out', '0.00', '-0.01', '205.75', '收费'],
    ]);
    expect(files[0]?.text).toContain('#支出合计：3笔，共-5.21元\r\n#收入合计：3笔，共201.02元\r\n');
  });

  it('of a day without business are empty files, and said to be', async () => {
    expect(await ask('trade', '2030-05-01')).toMatchObject({ billFileCode: 'EMPTY_DATA_WITH_BILL_FILE' });
    expect(await ask('trade', '2030-05-05')).not.toHaveProperty('billFileCode');
    const [detail] = await bills('trade', '2030-05-01');
    expect(rowsOf(detail as UnpackedBill)).toHaveLength(1);
  });

  it('of a month are there on the 3rd of the next one', async () => {
    await merchant.sandbox.clock.set(at('2030-06-03T08:59:00'));
    expect(await ask('trade', '2030-05')).toMatchObject({ subCode: 'BILL_NOT_EXIST' });
    await merchant.sandbox.clock.set(at('2030-06-03T09:00:00'));
    const [detail] = await bills('trade', '2030-05');
    expect(detail?.name).toBe(`${acct()}_203005_业务明细.csv`);
    expect(rowsOf(detail as UnpackedBill)).toHaveLength(5);
  });

  it("are the merchant's own", async () => {
    const other = await merchant.sandbox.accounts.create('alipay', { name: 'other' });
    const shown = (await merchant.sandbox.accounts.show('alipay', other)) as { app_id: string; private_key: string };
    const fields = merchant.signed(METHOD, { bill_type: 'trade', bill_date: '2030-05-05' }, { app_id: shown.app_id });
    expect(await merchant.post(fields)).toMatchObject({ sub_code: 'isv.invalid-signature' });
    const mine = merchant.signedWith(shown, METHOD, { bill_type: 'trade', bill_date: '2030-05-05' });
    expect(await merchant.post(mine)).toMatchObject({ bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE' });
  });
});

describe('a link to a statement', () => {
  const link = async (): Promise<URL> => new URL(String((await ask('trade', '2030-05-05'))['billDownloadUrl']));

  it('has the shape of the real ones', async () => {
    const { pathname, searchParams } = await link();
    expect(pathname).toBe('/downloadBillFile.resource');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      bizType: 'trade',
      userId: acct(),
      fileType: 'csv.zip',
      bizDates: '20300505',
      downloadFileName: `${acct()}_20300505.csv.zip`,
      timestamp: expect.stringMatching(/^\d{13}$/),
      token: expect.any(String),
    });
  });

  it('is https for who asks for that, where the sandbox answers TLS', async () => {
    const shop = await TestMerchant.start({}, { tlsPort: 0 });
    await shop.sandbox.clock.set(at('2030-05-07T09:00:00'));
    const biz = { bill_type: 'trade', bill_date: '2030-05-05' };
    const plain = await shop.call(METHOD, biz);
    const secure = await shop.call(METHOD, { ...biz, secure: true });
    const port = shop.sandbox.tls?.port;
    await shop.stop();
    expect(new URL(String(plain['billDownloadUrl'])).protocol).toBe('http:');
    expect(new URL(String(secure['billDownloadUrl'])).origin).toBe(`https://127.0.0.1:${port}`);
  });

  it('opens for anybody, for 30 seconds', async () => {
    const url = await link();
    await merchant.sandbox.clock.advance(29_000);
    expect((await fetch(url)).status).toBe(200);
    await merchant.sandbox.clock.advance(2_000);
    expect((await fetch(url)).status).toBe(403);
  });

  it.each(['userId', 'bizDates', 'bizType', 'timestamp', 'token'])(
    'opens nothing once its %s is changed',
    async (name) => {
      const url = await link();
      const changed = { bizDates: '20300506', bizType: 'signcustomer' }[name] ?? `${url.searchParams.get(name)}1`;
      url.searchParams.set(name, changed);
      expect((await fetch(url)).status).toBe(403);
    },
  );

  it('answers hostile queries below 500', async () => {
    const genuine = await link();
    const target = hostileTarget.map((more) => `${genuine.pathname}${genuine.search}&${more}`);
    const bare = hostileTarget.map((more) => `${genuine.pathname}?${more}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(target, bare), async (line) => {
        const { status } = await overTheLine(merchant.sandbox.url, { method: 'GET', target: line });
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});

describe('faults of statements', () => {
  const rule = async (fault: object, match: object = {}): Promise<void> => {
    const rules = [{ match: { operation: 'bill', reference: '2030-05-05', ...match }, ...fault }];
    expect((await merchant.control('faults', { rules }, 'PUT')).status).toBe(200);
  };

  it.each(['NO_BILL_DATA', 'BILL_DATE_BEFORE_REGISTRATION', 'SYSTEM_RATE_LIMIT'])(
    'answer the call with %s',
    async (code) => {
      await rule({ action: 'error', code });
      expect(await ask('trade', '2030-05-05')).toMatchObject({ code: '40004', subCode: code });
    },
  );

  it('reach the download, and only of that day', async () => {
    await rule({ action: 'cut', bytes: 40 }, { nth: 2 });
    const { billDownloadUrl = '' } = await ask('trade', '2030-05-05');
    await expect(fetch(billDownloadUrl).then((answer) => answer.arrayBuffer())).rejects.toThrow('terminated');
    const { billDownloadUrl: other = '' } = await ask('trade', '2030-05-06');
    expect((await fetch(other)).status).toBe(200);
  });

  it('give a page where a file belongs', async () => {
    await rule({ action: 'error' }, { nth: 2 });
    const { billDownloadUrl = '' } = await ask('trade', '2030-05-05');
    const answer = await fetch(billDownloadUrl);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html; ?charset=GBK$/i);
  });
});
