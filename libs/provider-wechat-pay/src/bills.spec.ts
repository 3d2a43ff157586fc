import { money, ProviderError, Rejected, type Bill, type BillKind, type BillLine } from '@hutong/payment-port';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { wechatBills, type BillLimits } from './bills.js';
import { merchantOf } from './merchant.js';
import { billAnswers, billLink, billText, type BillFlaw } from './test-bills.js';
import { bare, Line, merchantSigned, settings, signed, type Answer } from './test-platform.js';
import { WechatPayClient } from './wechat-pay.client.js';
import { WechatPaySettings } from './wechat-pay.config.js';
import { wechatPay } from './wechat-pay.js';

const DATE = '2026-11-22';
const MIDNIGHT = Date.parse('2026-11-22T00:00:00+08:00');

const PAYMENT: BillLine = {
  type: 'payment',
  reference: 'att_0001',
  providerReference: '4200001569202611221234567890',
  amount: money(1_999),
  fee: money(12),
  at: new Date(MIDNIGHT + 1_000),
};
const REFUND: BillLine = {
  type: 'refund',
  reference: 'att_0001',
  providerReference: '4200001569202611221234567890',
  refundReference: 'ref_0001',
  refundProviderReference: '50000000382019052709732678859',
  amount: money(333),
  feeReturned: money(2),
  state: 'succeeded',
  at: new Date(MIDNIGHT + 3_600_000),
};
const MOVEMENT: BillLine = {
  type: 'movement',
  providerReference: '1900009231201802015884652186',
  subjectReference: '50000305742018020103387128253',
  direction: 'out',
  amount: money(333),
  balance: money(1_666),
  kind: '退款',
  at: new Date(MIDNIGHT + 3_600_000),
};

function download(line: Line, kind: BillKind = 'trades', more: Readonly<Record<string, unknown>> = {}): Promise<Bill> {
  const { bills } = wechatPay.connect(settings(more), line.tools);
  if (bills === undefined) throw new Error('WeChat Pay has bills.');
  return bills.download({ date: DATE, kind });
}

async function read(bill: Bill): Promise<BillLine[]> {
  if (bill.status !== 'ready') throw new Error(`The bill is ${bill.status}.`);
  const lines: BillLine[] = [];
  for await (const line of bill.lines) lines.push(line);
  return lines;
}

async function readText(text: string, kind: BillKind = 'trades'): Promise<BillLine[]> {
  return read(await download(new Line(...billAnswers(text)), kind));
}

const flawed = (flaw: BillFlaw, kind: BillKind = 'trades') =>
  readText(billText(kind, kind === 'trades' ? [PAYMENT, REFUND] : [MOVEMENT], flaw), kind);

/** A bill whose caps are small enough to run into. */
async function readWithin(limits: Partial<BillLimits>, answers: readonly Answer[]): Promise<BillLine[]> {
  const wide = { headMs: 5_000, waitMs: 5_000, maxBytes: 1e6, maxTextBytes: 1e6, maxRecordLength: 65_536 };
  const merchant = merchantOf(Object.assign(new WechatPaySettings(), settings()));
  const client = new WechatPayClient(merchant, new Line(...answers).tools);
  return read(await wechatBills(client, { ...wide, ...limits }).download({ date: DATE, kind: 'trades' }));
}

const untrusted = { name: 'UntrustedMessage', provider: 'wechat_pay', operation: 'bill' };

describe('a statement', () => {
  it.each([
    ['trades', [PAYMENT, REFUND]],
    ['funds', [MOVEMENT]],
    ['trades', []],
  ] as const)('of %s is read line by line, to the fen, in Beijing time', async (kind, lines) => {
    expect(await readText(billText(kind, lines), kind)).toEqual(lines);
  });

  it('is asked for by day, gzipped, and its file with a signature of our own over path and query', async () => {
    const line = new Line(...billAnswers(billText('trades', [PAYMENT])));
    await read(await download(line));
    const [asked, fetched] = line.sent;
    expect(asked?.url).toBe(
      'https://api.mch.weixin.qq.com/v3/bill/tradebill?bill_date=2026-11-22&bill_type=ALL&tar_type=GZIP',
    );
    expect(fetched?.url).toBe(billLink('')['download_url']);
    const { nonce_str, timestamp, signature } = Object.fromEntries(
      [...(fetched?.headers.get('authorization') ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    ) as Record<string, string>;
    const { pathname, search } = new URL(fetched?.url ?? '');
    expect(merchantSigned(`GET\n${pathname}${search}\n${timestamp}\n${nonce_str}\n\n`, signature ?? '')).toBe(true);
  });

  it('of the account is the fund flow of the basic account', async () => {
    const line = new Line(...billAnswers(billText('funds', [MOVEMENT])));
    await download(line, 'funds');
    expect(line.last.url).toContain('/v3/bill/fundflowbill?bill_date=2026-11-22&account_type=BASIC&tar_type=GZIP');
  });

  it('that is not written yet is not ready, and one that never will be is empty, on their signed word', async () => {
    const said = (code: string) => signed(400, { code, message: '' });
    expect(await download(new Line(said('STATEMENT_CREATING')))).toEqual({ status: 'not_ready' });
    expect(await download(new Line(said('NO_STATEMENT_EXIST')))).toEqual({ status: 'empty' });
    await expect(download(new Line(bare(400, { code: 'NO_STATEMENT_EXIST' })))).rejects.toMatchObject(untrusted);
    await expect(download(new Line(said('INVALID_REQUEST')))).rejects.toMatchObject({ reason: 'invalid_request' });
  });

  it.each(['2026-11', '2026-02-30', '20261122', '2026-11-22&bill_type=SUCCESS'])(
    'of %j is refused before anything is sent',
    async (date) => {
      const line = new Line();
      const { bills } = wechatPay.connect(settings(), line.tools);
      await expect(bills?.download({ date, kind: 'trades' })).rejects.toBeInstanceOf(Rejected);
      expect(line.sent).toEqual([]);
    },
  );

  it('is fetched when it is read, and read once', async () => {
    const line = new Line(...billAnswers(billText('trades', [PAYMENT])));
    const bill = await download(line);
    expect(line.sent).toHaveLength(1);
    expect(await read(bill)).toHaveLength(1);
    await expect(read(bill)).rejects.toThrow(/once/);
    expect(line.sent).toHaveLength(2);
  });

  it('arrives unpacked too, when something on the way unpacked it', async () => {
    const text = billText('trades', [PAYMENT]);
    const bill = await download(new Line(...billAnswers(text, { body: new TextEncoder().encode(text) })));
    expect(await read(bill)).toEqual([PAYMENT]);
  });

  it('may end its lines with a line feed alone, begin with a byte-order mark, and name columns in any order', async () => {
    const text = billText('trades', [PAYMENT]);
    expect(await readText(`\uFEFF${text.replaceAll('\r\n', '\n')}`)).toEqual([PAYMENT]);
    const more = text
      .split('\r\n')
      .map((row, index) => (index < 2 ? `${index === 0 ? '退款成功时间' : '`'},${row}` : row))
      .join('\r\n');
    expect(await readText(more)).toEqual([PAYMENT]);
  });
});

describe('a row', () => {
  const refundRow = (cells: Readonly<Record<number, string>>): BillFlaw => ({
    rows: ([payment = [], refund = []]) => [payment, refund.map((cell, index) => cells[index] ?? cell)],
  });

  it.each([
    ['PROCESSING', 'processing'],
    ['SUCCESS', 'succeeded'],
    ['FAIL', 'failed'],
    ['CHANGE', 'failed'],
  ])('of a refund with 退款状态 %s is %s', async (status, state) => {
    expect((await flawed(refundRow({ 19: status })))[1]).toMatchObject({ type: 'refund', state });
  });

  it('of a reversed order is a refund under the number of the order', async () => {
    const reversal = refundRow({ 9: 'REVOKED', 14: '0', 15: '', 19: '' });
    expect((await flawed(reversal))[1]).toMatchObject({ refundReference: 'att_0001', state: 'succeeded' });
    expect((await flawed(reversal))[1]).not.toHaveProperty('refundProviderReference');
  });

  it.each([{ 9: 'LEVITATED' }, { 19: 'LEVITATED' }, { 19: '' }])(
    'with a state that nobody lists is unknown: %j',
    (cells) => expect(flawed(refundRow(cells))).rejects.toMatchObject({ name: 'OutcomeUnknown' }),
  );

  it.each([
    ['of another merchant', { 2: '1900000009' }],
    ['of another day', { 0: '2026-11-21 12:00:00' }],
    ['without a time', { 0: '' }],
    ['without a number', { 6: '' }],
    ['with an amount in thousandths', { 25: '3.333' }],
    ['with an amount below zero', { 25: '-3.33' }],
    ['with an amount that is none', { 25: '3,33' }],
  ])('%s is not believed', (_what, cells) => expect(flawed(refundRow(cells))).rejects.toMatchObject(untrusted));
});

describe('a statement is not believed', () => {
  const signedElsewhere = 'https://elsewhere.example.com/v3/billdownload/file?token=1';

  it('with another hash than was signed, after its lines', async () => {
    const bill = await download(
      new Line(...billAnswers(billText('trades', [PAYMENT]), { link: { hash_value: 'a'.repeat(40) } })),
    );
    await expect(read(bill)).rejects.toMatchObject(untrusted);
  });

  it.each(Array.from({ length: 7 }, (_, index) => index))('with another figure %i at its end', async (index) => {
    const off = (row: readonly string[]) => row.map((cell, at) => (at === index ? (at === 0 ? '3' : '0.01') : cell));
    await expect(flawed({ totals: off })).rejects.toMatchObject(untrusted);
  });

  it.each(Array.from({ length: 5 }, (_, index) => index))(
    'of funds with another figure %i at its end',
    async (index) => {
      const off = (row: readonly string[]) => row.map((cell, at) => (at === index ? '7' : cell));
      await expect(flawed({ totals: off }, 'funds')).rejects.toMatchObject(untrusted);
    },
  );

  it.each(['交易时间', '商户号', '微信订单号', '商户订单号', '交易状态', '订单金额', '申请退款金额', '退款状态'])(
    'without the column %s',
    async (column) => {
      const renamed = (header: string) => header.replace(new RegExp(`(^|,)${column}(?=,|$)`), '$1别的');
      await expect(flawed({ columns: renamed })).rejects.toMatchObject(untrusted);
    },
  );

  it.each([
    ['without its end', (text: string) => text.split('\r\n').slice(0, 3).join('\r\n')],
    ['with rows after its end', (text: string) => `${text}\`1,\`2\r\n`],
    ['with a row of another length', (text: string) => text.replace('`0.60%,', '')],
    ['without a header', (text: string) => text.split('\r\n').slice(1).join('\r\n')],
    ['with nothing in it', () => ''],
  ])('%s', (_what, change) =>
    expect(readText(change(billText('trades', [PAYMENT, REFUND])))).rejects.toMatchObject(untrusted),
  );

  it.each([
    signedElsewhere,
    'http://api.mch.weixin.qq.com/v3/billdownload/file?token=1',
    'https://api.mch.weixin.qq.com.example.com/',
    'https://name:word@api.mch.weixin.qq.com/',
    'https://api.mch.weixin.qq.com:8443/',
  ])('when its link leads to %s, and nothing is asked there', async (download_url) => {
    const line = new Line(signed(200, { ...billLink(''), download_url }));
    await expect(download(line)).rejects.toMatchObject(untrusted);
    expect(line.sent).toHaveLength(1);
  });

  it.each([{ hash_type: 'MD5' }, { hash_value: 'x' }, { hash_value: undefined }, { download_url: '' }])(
    'is unknown when its answer has %j',
    (change) =>
      expect(download(new Line(signed(200, { ...billLink(''), ...change })))).rejects.toMatchObject({
        name: 'OutcomeUnknown',
      }),
  );
});

describe('the file of a statement', () => {
  it('is fetched from the second host when the link says so, and from base_url when that is somebody else', async () => {
    const text = billText('trades', [PAYMENT]);
    const link = { download_url: 'https://api2.mch.weixin.qq.com/v3/billdownload/file?token=1' };
    const second = new Line(...billAnswers(text, { link }));
    await read(await download(second));
    expect(second.last.url).toBe(link.download_url);
    const sandbox = new Line(...billAnswers(text, { link }));
    await read(await download(sandbox, 'trades', { base_url: 'http://127.0.0.1:4000' }));
    expect(sandbox.last.url).toBe('http://127.0.0.1:4000/v3/billdownload/file?token=1');
  });

  it.each([302, 400, 401, 403, 404, 500])('is unknown at HTTP %i: a new link may work', async (status) => {
    const [link] = billAnswers(billText('trades', [PAYMENT]));
    const line = new Line(link, bare(status, { code: 'INVALID_REQUEST', message: '' }));
    await expect(read(await download(line))).rejects.toMatchObject({ name: 'OutcomeUnknown' });
  });

  it('larger than its cap is given up, packed or unpacked, and so is a row without an end', async () => {
    const text = billText(
      'trades',
      Array.from({ length: 500 }, () => PAYMENT),
    );
    const packed = gzipSync(text).length;
    const answers = billAnswers(text);
    expect(await readWithin({ maxBytes: packed, maxTextBytes: Buffer.byteLength(text) }, answers)).toHaveLength(500);
    await expect(readWithin({ maxBytes: packed - 1 }, answers)).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    await expect(readWithin({ maxTextBytes: Buffer.byteLength(text) - 1 }, answers)).rejects.toMatchObject(untrusted);
    const bomb = billAnswers(`交易时间${'x'.repeat(500_000)}`);
    await expect(readWithin({ maxRecordLength: 1_000 }, bomb)).rejects.toMatchObject(untrusted);
  });
});

const fen = fc.oneof(fc.constantFrom(0, 1, 29, 113, 1_999, 4_015_045, 100_000_000), fc.integer({ min: 0, max: 1e8 }));
const at = fc.integer({ min: 0, max: 86_399 }).map((second) => new Date(MIDNIGHT + second * 1_000));
const number = fc.stringMatching(/^[1-9][0-9A-Za-z_]{5,31}$/);
const payment = fc.record({
  type: fc.constant('payment' as const),
  reference: number,
  providerReference: number,
  amount: fen.map((one) => money(one)),
  fee: fen.map((one) => money(one)),
  at,
});
const refund = fc.record({
  type: fc.constant('refund' as const),
  reference: number,
  providerReference: number,
  refundReference: number,
  refundProviderReference: number,
  amount: fen.map((one) => money(one)),
  feeReturned: fen.map((one) => money(one)),
  state: fc.constantFrom('processing' as const, 'succeeded' as const, 'failed' as const),
  at,
});
const movement = fc.record({
  type: fc.constant('movement' as const),
  providerReference: number,
  subjectReference: number,
  direction: fc.constantFrom('in' as const, 'out' as const),
  amount: fen.map((one) => money(one)),
  balance: fen.map((one) => money(one)),
  kind: fc.constantFrom('交易', '退款', '提现', '扣除交易手续费'),
  at,
});

/** How a reading ends: with lines, or with one of the four errors. Anything else is a failure of the test. */
async function endOf(answers: readonly Answer[]): Promise<BillLine[] | string> {
  try {
    return await read(await download(new Line(...answers)));
  } catch (error) {
    if (error instanceof ProviderError) return error.name;
    throw error;
  }
}

describe('whatever comes', () => {
  it('a ledger that is written down is read as the same ledger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(payment, refund), { maxLength: 12 }), async (lines) => {
        expect(await readText(billText('trades', lines))).toEqual(lines);
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { maxLength: 12 }), async (lines) => {
        expect(await readText(billText('funds', lines), 'funds')).toEqual(lines);
      }),
      { numRuns: 30 },
    );
  });

  it('bytes that are no statement end in one of the four errors', async () => {
    const magic = fc.uint8Array({ maxLength: 400 }).map((bytes) => Uint8Array.from([0x1f, 0x8b, 8, 0, ...bytes]));
    const csv = fc
      .array(fc.constantFrom('`', ',', '\r\n', '"', '交易时间', '总交易单数', '0.01', '\u0000', '\uFEFF'), {
        maxLength: 60,
      })
      .map((parts) => parts.join(''));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      magic,
      csv.map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const sha1 = billLink(Buffer.from(body).toString('latin1'));
        expect(typeof (await endOf(billAnswers('', { link: sha1, body: new Uint8Array(body) })))).toBe('string');
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(csv, async (text) => {
        expect(typeof (await endOf(billAnswers(text)))).toBe('string');
      }),
      { numRuns: 100 },
    );
  });

  it('one changed bit of the file never ends with other lines', async () => {
    const text = billText('trades', [PAYMENT, REFUND]);
    const packed = gzipSync(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length * 8 - 1), async (bit) => {
        const body = new Uint8Array(packed);
        body[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const end = await endOf(billAnswers(text, { body }));
        expect(typeof end === 'string' ? [PAYMENT, REFUND] : end).toEqual([PAYMENT, REFUND]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a large statement', () => {
  const LINES = 100_000;
  const CHUNK = 16_384;
  /** So much may be on its way through the stages at any time: buffers of gunzip, the CSV reader and the streams between. */
  const UNDER_WAY = 64 * CHUNK;

  it('is pulled only as its lines are read: 100,000 of them never wait in memory', async () => {
    const lines = Array.from({ length: LINES }, (_, index) => ({ ...MOVEMENT, providerReference: `1${index}` }));
    const text = billText('funds', lines);
    const bytes = new TextEncoder().encode(text);
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = bytes.subarray(pulled, pulled + CHUNK);
          pulled += chunk.length;
          if (chunk.length === 0) controller.close();
          else controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
    const bill = await download(new Line(...billAnswers(text, { body })), 'funds');
    if (bill.status !== 'ready') throw new Error('It is ready.');
    expect(pulled).toBe(0);
    let read = 0;
    let most = 0;
    for await (const _line of bill.lines) {
      read += 1;
      most = Math.max(most, pulled - Math.floor((read / LINES) * bytes.length));
    }
    expect(read).toBe(LINES);
    expect(pulled).toBe(bytes.length);
    expect(most).toBeLessThan(UNDER_WAY);
    expect(bytes.length).toBeGreaterThan(10 * UNDER_WAY);
  }, 60_000);

  it('that nobody reads to its end is let go', async () => {
    const text = billText(
      'trades',
      Array.from({ length: 2_000 }, () => PAYMENT),
    );
    let isLetGo = false;
    const bytes = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes.slice(0, 10_000)),
      cancel: () => {
        isLetGo = true;
      },
    });
    const bill = await download(new Line(...billAnswers(text, { body })));
    if (bill.status !== 'ready') throw new Error('It is ready.');
    for await (const line of bill.lines) {
      expect(line).toEqual(PAYMENT);
      break;
    }
    await expect.poll(() => isLetGo).toBe(true);
  });
});
