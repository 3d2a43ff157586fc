import { methods, providers, providerTools } from '@hutong/gateway';
import {
  pageLinks,
  ProviderDirectory,
  reconcileDay,
  reconcileDue,
  scheduleReconciliations,
  type CoreContext,
  type StatementAccount,
} from '@hutong/payment-core';
import { money, type BilledPayment, type BillLine, type ProviderDefinition } from '@hutong/payment-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

/** Days held against the sandbox's statements, by a gateway whose worker is this test: nobody else asks, and nobody polls. */
let world: World;
let now: Date;
/** What is done to the lines of a statement before they are read. */
let injure: (lines: readonly BillLine[]) => readonly BillLine[] = (lines) => lines;

const A_DAY_MS = 86_400_000;
const APP = 'eleme';
/** A day in Beijing, tomorrow by the sandbox's clock at its start. */
const first = new Date(Date.now() + 8 * 3_600_000 + A_DAY_MS).toISOString().slice(0, 10);
const dayAfter = (day: string, days = 1) => new Date(Date.parse(day) + days * A_DAY_MS).toISOString().slice(0, 10);
const WALLETS = ['wechat_pay', 'alipay'];

async function setClock(day: string, time: string): Promise<void> {
  now = new Date(`${day}T${time}+08:00`);
  await world.payer.setClock(now.toISOString());
  await world.followed(APP);
}

beforeAll(async () => {
  world = await startWorld([APP], { HUTONG_ROLE: 'api' });
}, 60_000);
afterAll(() => world.close());

function injured(definition: ProviderDefinition): ProviderDefinition {
  return {
    ...definition,
    connect(settings, tools) {
      const provider = definition.connect(settings, tools);
      const { bills } = provider;
      if (bills === undefined) return provider;
      return {
        ...provider,
        bills: {
          ...bills,
          async download(request) {
            const bill = await bills.download(request);
            return bill.status === 'ready' ? { ...bill, lines: injuredLines(bill.lines) } : bill;
          },
        },
      };
    },
  };
}

async function* injuredLines(lines: AsyncIterable<BillLine>): AsyncGenerator<BillLine, void> {
  const whole: BillLine[] = [];
  for await (const line of lines) whole.push(line);
  yield* injure(whole);
}

function worker(): CoreContext {
  const clock = { now: () => now };
  return {
    stores: world.stores,
    providers: new ProviderDirectory({ providers: providers.map(injured), methods }, providerTools, clock),
    clock,
    notifyUrl: (provider, accountId) => `${world.url}/notifications/${provider}/${accountId}`,
    links: pageLinks(world.url),
    report: () => undefined,
  };
}

async function accountAt(provider: string): Promise<StatementAccount> {
  const accounts = await world.stores.config.listAccounts(APP);
  return accounts.find((it) => it.provider === provider)!;
}

async function reconcile(provider: string, date: string) {
  await reconcileDay(worker(), { account: await accountAt(provider), date });
  return (await world.merchant(APP).get(`/v1/reconciliations/${provider}/${date}`)).body;
}

/** Starts a payment; the payer pays it at the wallet. What comes back to the gateway is the caller's business. */
async function payAtWallet(method: string, amount = 1_299) {
  const merchant = world.merchant(APP);
  const payment = await merchant.createPayment({ amount });
  const payer = { id: 'u1', ip: '203.0.113.7' };
  const { body } = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene: 'app', payer });
  await world.payer.pay(body.next_action);
  return { id: payment.id as string, attempt: body };
}

async function paid(method: string, amount?: number): Promise<string> {
  const { id } = await payAtWallet(method, amount);
  await statusBecomes(id, 'paid');
  return id;
}

const statusBecomes = (id: string, status: string) =>
  world.until(
    async () => (await world.merchant(APP).get(`/v1/payments/${id}?refresh=true`)).body.status,
    (it) => it === status,
    5_000,
  );

async function refunded(id: string, amount: number): Promise<void> {
  await world.merchant(APP).post(`/v1/payments/${id}/refunds`, { refund_no: `${id}-${amount}`, amount });
  await world.until(
    async () => (await world.merchant(APP).get(`/v1/payments/${id}?refresh=true`)).body.amount_refunded,
    (it) => it === amount,
    5_000,
  );
}

async function books(provider: string, date: string) {
  const { body } = await world.payer.control('GET', '/books');
  const isOfDay = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().startsWith(date);
  // oxlint-disable-next-line typescript/no-explicit-any -- the sandbox's ledger as it is
  return body.trades.filter((it: any) => it.provider === provider && it.paid_at && isOfDay(it.paid_at));
}

/** Payments and refunds of one day with both wallets; the clock stands at the morning after. */
async function aTradingDay(day: string): Promise<void> {
  await setClock(day, '12:00:00');
  for (const method of WALLETS) {
    await refunded(await paid(method, 1_000), 300);
    await paid(method, 2_500);
  }
}

describe('a day of both wallets', () => {
  const day = first;
  const lost = new Map<string, string>();

  beforeAll(async () => {
    await aTradingDay(day);
    // Paid, and nobody here was ever told: the notification is dropped, and no worker asks.
    await world.payer.faults([{ match: { operation: 'notification' }, phase: 'before', action: 'drop', times: 1_000 }]);
    for (const method of WALLETS) lost.set(method, (await payAtWallet(method, 7_777)).id);
    await setClock(dayAfter(day), '10:30:00');
  }, 60_000);
  afterAll(() => world.payer.faults([]));

  it.each(WALLETS)(
    'at %s comes to the sandbox’s own books, and settles the payment that nobody told us of',
    async (provider) => {
      const id = lost.get(provider)!;
      expect((await world.merchant(APP).get(`/v1/payments/${id}`)).body.status).toBe('open');
      const report = await reconcile(provider, day);
      expect(report).toMatchObject({
        status: 'ready',
        remaining: 0,
        found: { missing_here: 1 },
        in_flight: 0,
        waiting: 0,
      });
      expect(report.differences).toMatchObject([
        { kind: 'missing_here', resolution: 'settled', payment_id: id, ours: null, theirs: { amount: 7_777 } },
      ]);
      expect((await world.merchant(APP).get(`/v1/payments/${id}`)).body.status).toBe('paid');
      const trades = await books(provider, day);
      const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
      expect(report.sums.statement.payments).toEqual({
        count: trades.length,
        amount: sum(trades.map((it: { amount: number }) => it.amount)),
      });
      expect(report.sums.statement.refunds).toEqual({ count: 1, amount: 300 });
      expect(report.sums.differences.payments).toEqual({ count: 1, amount: 7_777 });
      for (const part of ['payments', 'refunds', 'fees'] as const) {
        const { statement, matched, differences } = report.sums;
        expect(matched[part].amount + differences[part].amount).toBe(statement[part].amount);
      }
    },
  );

  it.each(WALLETS)('at %s has nothing left when it is done again, and does nothing twice', async (provider) => {
    const again = await reconcile(provider, day);
    expect(again).toMatchObject({ status: 'ready', matched: 4, found: {}, remaining: 0 });
    expect(again.differences).toMatchObject([{ current: false, resolution: 'settled' }]);
    const { body } = await world.merchant(APP).get(`/v1/payments/${lost.get(provider)}`);
    expect(body.refunds).toEqual([]);
  });
});

describe('a statement that somebody has been at', () => {
  const day = dayAfter(first, 3);

  beforeAll(async () => {
    await aTradingDay(day);
    await setClock(dayAfter(day), '10:30:00');
  }, 60_000);

  const payments = (lines: readonly BillLine[]) =>
    lines.filter((line): line is BilledPayment => line.type === 'payment');
  const withFirst = (lines: readonly BillLine[], change: (line: BilledPayment) => readonly BillLine[]) => {
    const [target] = payments(lines);
    return lines.flatMap((line) => (line === target ? change(target) : [line]));
  };
  const cases: readonly (readonly [
    string,
    (lines: readonly BillLine[]) => readonly BillLine[],
    Record<string, number>,
  ])[] = [
    ['as it came', (lines) => lines, {}],
    ['without a row', (lines) => withFirst(lines, () => []), { missing_there: 1 }],
    [
      'with a fen more',
      (lines) => withFirst(lines, (it) => [{ ...it, amount: money(it.amount.amount + 1) }]),
      { amount: 1 },
    ],
    [
      'with a fen less',
      (lines) => withFirst(lines, (it) => [{ ...it, amount: money(it.amount.amount - 1) }]),
      { amount: 1 },
    ],
    ['with a row twice', (lines) => withFirst(lines, (it) => [it, it]), { duplicate: 1 }],
    [
      'with a stranger',
      (lines) =>
        withFirst(lines, (it) => [it, { ...it, reference: 'stranger', providerReference: `${it.providerReference}0` }]),
      { foreign: 1 },
    ],
    [
      'with a refund from the console',
      (lines) =>
        lines.flatMap<BillLine>((line) =>
          line.type === 'refund' ? [line, { ...line, refundReference: 'console-1' }] : [line],
        ),
      { missing_here: 1 },
    ],
    [
      'with a refund in another state',
      (lines) => lines.map((line) => (line.type === 'refund' ? { ...line, state: 'failed' as const } : line)),
      { state: 1 },
    ],
    ['without a refund', (lines) => lines.filter((line) => line.type !== 'refund'), { missing_there: 1 }],
  ];

  describe.each(WALLETS)('at %s', (provider) => {
    it.each(cases)('%s: each difference once, and none invented', async (_, change, found) => {
      injure = change;
      const report = await reconcile(provider, day);
      injure = (lines) => lines;
      expect(report.status).toBe('ready');
      expect(report.found).toEqual(found);
      const { statement, matched, differences } = report.sums;
      expect(matched.payments.amount + differences.payments.amount).toBe(statement.payments.amount);
      expect(matched.refunds.amount + differences.refunds.amount).toBe(statement.refunds.amount);
    });
  });

  it.each([
    ['cut', 'wechat_pay', { action: 'cut', bytes: 40 }],
    ['malformed', 'wechat_pay', { action: 'malformed' }],
    ['refused', 'alipay', { action: 'status', status: 503 }],
    ['cut', 'alipay', { action: 'cut', bytes: 40 }],
  ])('that arrives %s from %s gives no result', async (_, provider, fault) => {
    const phase = 'after';
    await world.payer.faults([{ match: { provider, operation: 'bill' }, phase, times: 5, ...fault }]);
    const report = await reconcile(provider, day);
    await world.payer.faults([]);
    expect(report).toMatchObject({ status: 'failed', matched: null, sums: null, differences: [] });
    expect(report.accounts[0].next_run_at).not.toBeNull();
    expect(await reconcile(provider, day)).toMatchObject({ status: 'ready', found: {} });
  });
});

describe('every day', () => {
  const day = dayAfter(first, 7);

  it(
    'becomes due on every account at half past ten, once, and is read when it is there',
    { timeout: 60_000 },
    async () => {
      await aTradingDay(day);
      await setClock(dayAfter(day), '10:29:00');
      const done = async () => (await world.merchant(APP).get(`/v1/reconciliations?from=${day}&to=${day}`)).body.data;
      await scheduleReconciliations(worker(), 1);
      expect(await done()).toEqual([]);
      await setClock(dayAfter(day), '10:30:01');
      expect(await scheduleReconciliations(worker(), 1)).toBe(WALLETS.length);
      expect(await scheduleReconciliations(worker(), 1)).toBe(0);
      while (await reconcileDue(worker()));
      const days = await done();
      expect(days.map((it: { provider: string }) => it.provider).toSorted()).toEqual(WALLETS.toSorted());
      for (const it of days) expect(it).toMatchObject({ date: day, status: 'ready', remaining: 0, matched: 3 });
    },
  );

  it('is caught up with after a time away, and asked for again while the statement is not there', async () => {
    const late = dayAfter(first, 12);
    await setClock(late, '11:00:00');
    expect(await scheduleReconciliations(worker(), 3)).toBe(3 * WALLETS.length);
    while (await reconcileDue(worker()));
    const { body } = await world
      .merchant(APP)
      .get(`/v1/reconciliations?provider=alipay&from=${dayAfter(late, -3)}&to=${late}`);
    expect(body.data.map((it: { date: string; status: string }) => `${it.date} ${it.status}`)).toEqual(
      [1, 2, 3].map((days) => `${dayAfter(late, -days)} ready`),
    );
    await setClock(dayAfter(late), '01:00:00');
    expect(await reconcile('wechat_pay', late)).toMatchObject({ status: 'not_ready', matched: null });
    now = new Date(`${dayAfter(late)}T10:30:00+08:00`);
    await setClock(dayAfter(late), '10:30:00');
    expect(await reconcileDue(worker())).toBe(true);
    expect((await world.merchant(APP).get(`/v1/reconciliations/wechat_pay/${late}`)).body.status).toBe('ready');
  });
});
