import { money, ProviderError, Rejected, type Bill, type BillKind, type BillLine } from '@hutong/payment-port';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AlipayClient } from './alipay.client.js';
import { alipay } from './alipay.js';
import { alipayBills, type BillLimits } from './bills.js';
import { billArchive, detailText, packed, summaryText, type BillFlaw } from './testing/bill-files.js';
import { FakeAlipay, SETTINGS, type Reply } from './testing/fake-alipay.js';
import { gbk } from './testing/gbk.js';

const DATE = '2026-11-22';
const MIDNIGHT = Date.parse('2026-11-22T00:00:00+08:00');
const QUERY = 'data.dataservice.bill.downloadurl.query';
const FILE = 'https://dwbillcenter.alipay.com/downloadBillFile.resource?bizType=trade&token=1';

const PAYMENT: BillLine = {
  type: 'payment',
  reference: 'pay_000000000001',
  providerReference: '2026112222001400000000000001',
  amount: money(1_999),
  fee: money(12),
  at: new Date(MIDNIGHT + 1_000),
};
const REFUND: BillLine = {
  type: 'refund',
  reference: 'pay_000000000001',
  providerReference: '2026112222001400000000000001',
  refundReference: 'ref_000000000001',
  amount: money(333),
  feeReturned: money(2),
  state: 'succeeded',
  at: new Date(MIDNIGHT + 3_600_000),
};
const MOVEMENT: BillLine = {
  type: 'movement',
  providerReference: '391215630431',
  subjectReference: '2026112222001400000000000001',
  reference: 'pay_000000000001',
  direction: 'out',
  amount: money(333),
  balance: money(1_666),
  kind: '交易退款',
  at: new Date(MIDNIGHT + 3_600_000),
};

type Body = ConstructorParameters<typeof Response>[0];

function facts(lines: readonly BillLine[], kind: BillKind = 'trades') {
  return { kind, date: DATE, sellerId: SETTINGS.seller_id, lines };
}

/** Alipay with this file behind its link. */
function serving(body: Body, link = FILE, at = link): FakeAlipay {
  const fake = new FakeAlipay({ [QUERY]: { bill_download_url: link } });
  fake.files = { [at]: () => new Response(body) };
  return fake;
}

function download(fake: FakeAlipay, kind: BillKind = 'trades', more: object = {}): Promise<Bill> {
  const { bills } = alipay.connect({ ...SETTINGS, ...more }, fake.tools);
  if (bills === undefined) throw new Error('Alipay has bills.');
  return bills.download({ date: DATE, kind });
}

async function read(bill: Bill): Promise<BillLine[]> {
  if (bill.status !== 'ready') throw new Error(`The bill is ${bill.status}.`);
  const lines: BillLine[] = [];
  for await (const line of bill.lines) lines.push(line);
  return lines;
}

async function readBack(
  lines: readonly BillLine[],
  kind: BillKind = 'trades',
  flaw: BillFlaw = {},
): Promise<BillLine[]> {
  return read(await download(serving(await billArchive(facts(lines, kind), flaw)), kind));
}

async function readFile(body: Body): Promise<BillLine[]> {
  return read(await download(serving(body)));
}

/** A statement whose caps are small enough to run into. */
async function readWithin(limits: Partial<BillLimits>, body: Body): Promise<BillLine[]> {
  const wide = {
    headMs: 5_000,
    waitMs: 5_000,
    maxBytes: 1e6,
    maxTextBytes: 1e6,
    maxSummaryBytes: 1e6,
    maxRecordLength: 65_536,
  };
  const { tools } = serving(body);
  const settings = { ...SETTINGS };
  const bills = alipayBills(new AlipayClient(settings, tools), tools, settings.gateway_url, { ...wide, ...limits });
  return read(await bills.download({ date: DATE, kind: 'trades' }));
}

const untrusted = { name: 'UntrustedMessage', provider: 'alipay', operation: `alipay.${QUERY}` };

describe('a statement', () => {
  it.each([
    ['trades', [PAYMENT, REFUND]],
    ['funds', [MOVEMENT, { ...MOVEMENT, direction: 'in' as const }]],
    ['trades', []],
  ] as const)('of %s is read line by line, to the fen, in Beijing time', async (kind, lines) => {
    expect(await readBack(lines, kind)).toEqual(lines);
  });

  it.each([
    ['trades', 'trade'],
    ['funds', 'signcustomer'],
  ] as const)('of %s is asked for as %s, by day', async (kind, bill_type) => {
    const fake = serving(await billArchive(facts([], kind)));
    await download(fake, kind);
    expect(fake.calls.map(({ content }) => content)).toEqual([{ bill_type, bill_date: DATE }]);
  });

  it.each(['2026-11', '2026-02-30', '20261122'])('of %j is refused before anything is sent', async (date) => {
    const fake = new FakeAlipay();
    const { bills } = alipay.connect(SETTINGS, fake.tools);
    await expect(bills?.download({ date, kind: 'trades' })).rejects.toBeInstanceOf(Rejected);
    expect(fake.calls).toEqual([]);
  });

  it.each([
    ['empty', { bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE', bill_download_url: FILE }],
    ['empty', { code: '40004', sub_code: 'NO_BILL_DATA' }],
    ['not_ready', { code: '40004', sub_code: 'BILL_NOT_EXIST' }],
    ['not_ready', { code: '40004', sub_code: 'isp.bill_not_exist' }],
  ])('is %s on their signed word: %j', async (status, reply) => {
    expect(await download(new FakeAlipay({ [QUERY]: reply }))).toEqual({ status });
  });

  it.each([
    ['INVAILID_ARGUMENTS', 'invalid_request'],
    ['BILL_DATE_BEFORE_REGISTRATION', 'invalid_request'],
    ['TYPE_NOT_SUPPORTED', 'invalid_request'],
    ['SYSTEM_RATE_LIMIT', 'rate_limited'],
    ['USER_RATE_LIMIT', 'rate_limited'],
  ])('is rejected by %s', async (sub_code, reason) => {
    const answer = download(new FakeAlipay({ [QUERY]: { code: '40004', sub_code } }));
    await expect(answer).rejects.toMatchObject({ name: 'Rejected', reason });
  });

  it.each<Reply>([{ code: '40004', sub_code: 'UNKNOWN_ERROR' }, { code: '20000' }, {}])(
    'is unknown after %j',
    (reply) => expect(download(new FakeAlipay({ [QUERY]: reply }))).rejects.toMatchObject({ name: 'OutcomeUnknown' }),
  );

  it('is fetched when it is read, and read once', async () => {
    const fake = serving(await billArchive(facts([PAYMENT])));
    const bill = await download(fake);
    expect(fake.fetched).toHaveLength(0);
    expect(await read(bill)).toHaveLength(1);
    await expect(read(bill)).rejects.toThrow(/once/);
    expect(fake.fetched).toHaveLength(1);
  });

  it('may end its lines with a line feed alone, and have columns that nobody knows', async () => {
    const withLineFeeds = { detail: (text: string) => text.replaceAll('\r\n', '\n') };
    expect(await readBack([PAYMENT], 'trades', withLineFeeds)).toEqual([PAYMENT]);
    const more = (text: string) =>
      text.replace('\r\n支付宝交易号,', '\r\n新列,支付宝交易号,').replace('\r\n2026', '\r\n,2026');
    expect(await readBack([PAYMENT], 'trades', { detail: more })).toEqual([PAYMENT]);
  });
});

describe('the file of a statement', () => {
  it('is fetched without any word of the account', async () => {
    const fake = serving(await billArchive(facts([])));
    await read(await download(fake));
    const [request] = fake.fetched;
    expect([...(request?.headers.keys() ?? [])]).toEqual(['accept']);
    expect(request).toMatchObject({ method: 'GET', redirect: 'manual' });
  });

  it.each([
    [
      'over https, whatever the link says',
      'http://dwbillcenter.alipay.com/x?token=1',
      'https://dwbillcenter.alipay.com/x?token=1',
      {},
    ],
    ["from the gateway's own origin", 'https://gateway.test/bill?token=1', 'https://gateway.test/bill?token=1', {}],
    [
      'from a gateway on this machine, whichever host the link names',
      'http://dwbillcenter.alipay.com/x?token=1',
      'http://127.0.0.1:4000/x?token=1',
      { gateway_url: 'http://127.0.0.1:4000/gateway.do' },
    ],
  ])('is fetched %s', async (_how, link, at, more) => {
    const fake = serving(await billArchive(facts([PAYMENT])), link, at);
    expect(await read(await download(fake, 'trades', more))).toEqual([PAYMENT]);
  });

  it.each([
    'https://elsewhere.example.com/x',
    'https://dwbillcenter.alipay.com.example.com/x',
    'https://evilalipay.com/x',
    'https://dwbillcenter.alipay.com:8443/x',
    'https://name:word@dwbillcenter.alipay.com/x',
    'http://gateway.test/x',
    'file:///etc/hostname',
    'nowhere',
  ])('is not fetched from %s', async (link) => {
    const fake = new FakeAlipay({ [QUERY]: { bill_download_url: link } });
    await expect(download(fake)).rejects.toMatchObject(untrusted);
    expect(fake.calls).toHaveLength(1);
  });

  it.each([302, 400, 403, 404, 500])('is unknown at HTTP %i: a new link may work', async (status) => {
    const fake = serving('');
    fake.files = { [FILE]: () => new Response('', { status }) };
    await expect(read(await download(fake))).rejects.toMatchObject({ name: 'OutcomeUnknown' });
  });

  it('larger than its caps is given up, packed or unpacked, and so is a row without an end', async () => {
    const lines = Array.from({ length: 500 }, () => PAYMENT);
    const body = await billArchive(facts(lines));
    const [text, summary] = [gbk(detailText(facts(lines))).length, gbk(summaryText(facts(lines))).length];
    const fitting = { maxBytes: body.length, maxTextBytes: text, maxSummaryBytes: summary };
    expect(await readWithin(fitting, body)).toHaveLength(500);
    await expect(readWithin({ maxBytes: body.length - 1 }, body)).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    await expect(readWithin({ maxTextBytes: text - 1 }, body)).rejects.toMatchObject(untrusted);
    await expect(readWithin({ maxSummaryBytes: summary - 1 }, body)).rejects.toMatchObject(untrusted);
    const endless = await billArchive(facts([]), { detail: () => 'x'.repeat(500_000) });
    await expect(readWithin({ maxRecordLength: 1_000 }, endless)).rejects.toMatchObject(untrusted);
  });

  it('that lies about how large it unpacks is given up where its lie ends', async () => {
    const body = await packed([
      ['a_业务明细.csv', gbk('x\r\n'.repeat(100_000))],
      ['a_业务明细(汇总).csv', gbk(summaryText(facts([])))],
    ]);
    const view = new DataView(body.buffer);
    for (let at = 0; at + 30 < body.length; at += 1) {
      const isDirectory = view.getUint32(at, true) === 0x02014b50;
      if (isDirectory && view.getUint32(at + 24, true) === 300_000) view.setUint32(at + 24, 10, true);
    }
    await expect(readWithin({ maxTextBytes: 1_000 }, body)).rejects.toMatchObject(untrusted);
  });
});

describe('a statement is not believed', () => {
  const detail = (from: string | RegExp, to: string): BillFlaw => ({ detail: (text) => text.replace(from, to) });
  const summary = (from: string | RegExp, to: string): BillFlaw => ({ summary: (text) => text.replace(from, to) });

  it.each<[string, BillFlaw]>([
    ['of another account', detail('#账号：[2088', '#账号：[2099')],
    ['of no account', detail(/#账号.*\r\n/, '')],
    ['of another day', detail('#起始日期：[2026年11月22日', '#起始日期：[2026年11月21日')],
    ['of no day', detail(/#起始日期.*\r\n/, '')],
    ['without its end', { detail: (text) => text.slice(0, text.indexOf('#', text.indexOf('\r\n2026'))) }],
    ['with rows after its end', { detail: (text) => `${text}1,2,3\r\n` }],
    ['with another count of payments', detail('#交易合计：1笔', '#交易合计：2笔')],
    ['with another sum of payments', detail('商家实收共19.99元', '商家实收共19.98元')],
    ['with another sum of what the merchant gave', detail('商家优惠共0.00元', '商家优惠共0.01元')],
    ['with another sum of refunds', detail('商家实收退款共-3.33元', '商家实收退款共-3.34元')],
    ['without its count of payments', detail(/#交易合计.*\r\n/, '')],
    ['without its count of refunds', detail(/#退款合计.*\r\n/, '')],
    ['with a row of another length', detail(',下单"测试\r\n', '\r\n')],
    ['with a refund above zero', detail(/-3\.33,-3\.33/, '3.33,3.33')],
    ['with a payment below zero', detail('19.99,19.99', '-19.99,19.99')],
    ['with an amount that is none', detail('19.99,19.99', '1e3,19.99')],
    ['with a refund that has no number', detail('ref_000000000001', '')],
    ['with a time that is none', detail(/2026-11-22 01:00:00/g, '22.11.2026')],
    ['whose summary counts others', summary('合计\t,\t,1,1', '合计\t,\t,2,1')],
    ['whose summary comes to something else', summary(/16\.66/, '16.67')],
    ['whose summary has other fees', summary('-0.10', '-0.11')],
    ['whose summary has no totals', summary('合计', '小计')],
  ])('%s', async (_what, flaw) => {
    await expect(readBack([PAYMENT, REFUND], 'trades', flaw)).rejects.toMatchObject(untrusted);
  });

  it.each<[string, BillFlaw]>([
    ['with another count of what came in', detail('#收入合计：0笔', '#收入合计：1笔')],
    ['with another sum of what went out', detail('#支出合计：1笔，共-3.33元', '#支出合计：1笔，共-3.34元')],
    ['with a row that goes both ways', detail('\t,-3.33', '3.33,-3.33')],
  ])('of funds %s', async (_what, flaw) => {
    await expect(readBack([MOVEMENT], 'funds', flaw)).rejects.toMatchObject(untrusted);
  });

  it.each([
    '支付宝交易号',
    '商户订单号',
    '业务类型',
    '完成时间',
    '订单金额（元）',
    '商家实收（元）',
    '退款批次号/请求号',
  ])('without the column %s', async (column) => {
    await expect(readBack([PAYMENT], 'trades', detail(column, '别的'))).rejects.toMatchObject(untrusted);
  });

  it('but is unknown with a kind of row that no document lists', async () => {
    await expect(readBack([PAYMENT], 'trades', detail('交易\t', '漂浮\t'))).rejects.toMatchObject({
      name: 'OutcomeUnknown',
    });
  });

  it('when it packs no details, two of them, no summary, or too much', async () => {
    const [text, sums] = [gbk(detailText(facts([]))), gbk(summaryText(facts([])))];
    const [one, two]: [string, string] = ['a_业务明细.csv', 'a_业务明细(汇总).csv'];
    const many = Array.from({ length: 9 }, (_, index) => [`${index}.csv`, text] as const);
    expect(
      await readFile(
        await packed([
          [one, text],
          [two, sums],
        ]),
      ),
    ).toEqual([]);
    for (const files of [
      [],
      [[two, sums]],
      [[one, text]],
      [
        [one, text],
        [`b${one}`, text],
        [two, sums],
      ],
      many,
    ] as const) {
      await expect(readFile(await packed(files))).rejects.toMatchObject(untrusted);
    }
  });
});

const fen = fc.oneof(fc.constantFrom(0, 1, 29, 113, 1_999, 4_015_045, 100_000_000), fc.integer({ min: 0, max: 1e8 }));
const amount = fen.map((one) => money(one));
const at = fc.integer({ min: 0, max: 86_399 }).map((second) => new Date(MIDNIGHT + second * 1_000));
const number = fc.stringMatching(/^[1-9][0-9A-Za-z_]{5,31}$/);
const trade = fc.oneof(
  fc.record({
    type: fc.constant('payment' as const),
    reference: number,
    providerReference: number,
    amount,
    fee: amount,
    at,
  }),
  fc.record({
    type: fc.constant('refund' as const),
    reference: number,
    providerReference: number,
    refundReference: number,
    amount,
    feeReturned: amount,
    state: fc.constant('succeeded' as const),
    at,
  }),
);
const movement = fc.record({
  type: fc.constant('movement' as const),
  providerReference: number,
  subjectReference: number,
  reference: number,
  direction: fc.constantFrom('in' as const, 'out' as const),
  amount: fc.integer({ min: 1, max: 1e8 }).map((one) => money(one)),
  balance: amount,
  kind: fc.constantFrom('在线支付', '交易退款', '收费'),
  at,
});

/** How a reading ends: with lines, or with one of the four errors. Anything else is a failure of the test. */
async function endOf(body: Body): Promise<BillLine[] | string> {
  try {
    return await readFile(body);
  } catch (error) {
    if (error instanceof ProviderError) return error.name;
    throw error;
  }
}

describe('whatever comes', () => {
  it('a ledger that is written down is read as the same ledger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(trade, { maxLength: 12 }), async (lines) => {
        expect(await readBack(lines)).toEqual(lines);
      }),
      { numRuns: 50 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { maxLength: 12 }), async (lines) => {
        expect(await readBack(lines, 'funds')).toEqual(lines);
      }),
      { numRuns: 25 },
    );
  });

  it('bytes that are no statement end in one of the four errors', async () => {
    const zip = fc.uint8Array({ maxLength: 400 }).map((bytes) => Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, ...bytes]));
    const ending = fc
      .uint8Array({ maxLength: 60 })
      .map((bytes) => Uint8Array.from([...bytes, 0x50, 0x4b, 5, 6, ...bytes]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 400 }), zip, ending), async (body) => {
        expect(typeof (await endOf(new Uint8Array(body)))).toBe('string');
      }),
      { numRuns: 150 },
    );
    const parts = fc.constantFrom(
      '#',
      ',',
      '\r\n',
      '"',
      '支付宝交易号',
      '#交易合计：',
      '列表结束-',
      '0.01',
      '\t',
      '\u0000',
    );
    const csv = fc.array(parts, { maxLength: 60 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(csv, fc.uint8Array({ maxLength: 40 }), async (text, noise) => {
        const sums = gbk(summaryText(facts([])));
        const body = await packed([
          ['_业务明细.csv', Uint8Array.from([...gbk(text), ...noise])],
          ['_业务明细(汇总).csv', sums],
        ]);
        expect(typeof (await endOf(body))).toBe('string');
      }),
      { numRuns: 80 },
    );
  });

  it('one changed bit of the file never ends with other lines', async () => {
    const whole = await billArchive(facts([PAYMENT, REFUND]));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        const body = new Uint8Array(whole);
        body[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const end = await endOf(body);
        expect(typeof end === 'string' ? [PAYMENT, REFUND] : end).toEqual([PAYMENT, REFUND]);
      }),
      { numRuns: 150 },
    );
  });
});

type WebTransformer = NonNullable<ConstructorParameters<typeof TransformStream<unknown, unknown>>[0]>;

/** How far each stream in between has come, in bytes; unpacking goes through one of them. */
function watchedStreams(): { readonly furthest: () => number } {
  const passed: number[] = [];
  class Watched extends TransformStream {
    constructor(transformer: WebTransformer = {}, ...strategies: QueuingStrategy[]) {
      const mine = passed.push(0) - 1;
      const transform: WebTransformer['transform'] = (chunk, controller) => {
        if (chunk instanceof Uint8Array) passed[mine] = (passed[mine] ?? 0) + chunk.byteLength;
        return transformer.transform === undefined
          ? controller.enqueue(chunk)
          : transformer.transform(chunk, controller);
      };
      super({ ...transformer, transform }, ...strategies);
    }
  }
  vi.stubGlobal('TransformStream', Watched);
  return { furthest: () => Math.max(0, ...passed) };
}

describe('a large statement', () => {
  const LINES = 100_000;
  const UNDER_WAY = 2 * 1_048_576;

  afterEach(() => vi.unstubAllGlobals());

  it('is unpacked only as its lines are read: 100,000 of them never wait in memory', async () => {
    const lines = Array.from({ length: LINES }, (_, index) => ({ ...MOVEMENT, providerReference: `1${index}` }));
    const size = gbk(detailText(facts(lines, 'funds'))).length;
    const bill = await download(serving(await billArchive(facts(lines, 'funds'))), 'funds');
    if (bill.status !== 'ready') throw new Error('It is ready.');
    const { furthest } = watchedStreams();
    let read = 0;
    let most = 0;
    for await (const _line of bill.lines) {
      read += 1;
      most = Math.max(most, furthest() - Math.floor((read / LINES) * size));
    }
    expect(read).toBe(LINES);
    expect(furthest()).toBe(size);
    expect(most).toBeLessThan(UNDER_WAY);
    expect(size).toBeGreaterThan(4 * UNDER_WAY);
  }, 60_000);

  it('that nobody reads to its end is let go', async () => {
    const bill = await download(serving(await billArchive(facts(Array.from({ length: 20_000 }, () => PAYMENT)))));
    if (bill.status !== 'ready') throw new Error('It is ready.');
    const { furthest } = watchedStreams();
    for await (const line of bill.lines) {
      expect(line).toEqual(PAYMENT);
      break;
    }
    const stopped = furthest();
    await new Promise((resolve) => setImmediate(resolve));
    expect(furthest()).toBe(stopped);
    expect(stopped).toBeLessThan(UNDER_WAY);
  });
});
