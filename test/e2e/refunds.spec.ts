import {
  createPayment,
  openAttempt,
  refreshPayment,
  refundPayment,
  workDue,
  type CoreContext,
  type PaymentRecord,
  type Refund,
} from '@hutong/payment-core';
import { money } from '@hutong/payment-port';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Body = any;

const APP = 'strict_shop';
const BY = { actor: 'test' };
const DAY_MS = 86_400_000;
const SCAN: Readonly<Record<string, string>> = { wechat_pay: 'wechat_scan', alipay: 'alipay_scan' };
const SPACING_MS: Readonly<Record<string, number>> = { wechat_pay: 60_000, alipay: 3_000 };

let world: World;
let core: CoreContext;
let offsetMs = 0;
beforeAll(async () => {
  world = await startWorld(['eleme'], { HUTONG_ROLE: 'api' });
  core = {
    ...world.core,
    // Strict accounts report to public addresses only, where nobody of ours listens: everything is learned by asking.
    notifyUrl: () => 'https://pay.example.com/notifications',
    clock: { now: () => new Date(Date.now() + offsetMs) },
    report: () => undefined,
  };
  await openStrictShop();
});
afterEach(() => world.payer.faults([]));
afterAll(() => world.close());

async function openStrictShop(): Promise<void> {
  const { config } = world.stores;
  const name = { 'zh-CN': '严', en: 'Strict' };
  await config.saveApp({ id: APP, name, branding: { color: '#112233', mark: '严' }, returnOrigins: [] }, BY);
  for (const provider of Object.keys(SCAN)) {
    const { body } = await world.payer.control('POST', '/accounts', { provider, name: 'strict', strict: true });
    const settings = world.settingsOf(provider, body);
    await config.addAccountVersion({ app: APP, provider, ref: 'strict', settings }, ['private_key'], BY);
  }
  const options = Object.values(SCAN).map((method) => ({ method, status: 'live' as const }));
  await config.addOptions({ app: APP, providers: {}, options, order: [] }, BY);
}

/** Sandbox and core go on together. */
async function advance(ms: number): Promise<void> {
  await world.payer.advance(ms);
  offsetMs += ms;
}

let orders = 0;
async function paid(provider: string, amount = 10_000): Promise<PaymentRecord> {
  const order = { app: APP, orderNo: `strict-${++orders}`, amount: money(amount), description: '春笋' };
  const { payment } = await createPayment(core, order);
  const { attempt } = await openAttempt(core, {
    app: APP,
    paymentId: payment.id,
    method: SCAN[provider]!,
    scene: 'desktop_web',
  });
  await world.payer.pay({ ...attempt.nextAction });
  const record = await refreshPayment(core, APP, payment.id);
  expect(record.payment.status).toBe('paid');
  return record;
}

const refund = ({ payment }: PaymentRecord, refundNo: string, amount = 100) =>
  refundPayment(core, { app: APP, paymentId: payment.id, refundNo: `${payment.id}-${refundNo}`, amount });

const refundsOf = async ({ payment }: PaymentRecord): Promise<readonly Refund[]> =>
  (await world.stores.payments.loadPayment(payment.id))?.refunds ?? [];

const tradeOf = ({ attempts }: PaymentRecord): Promise<Body> => world.payer.trade(attempts[0]!.reference);

/** Rounds of the worker, a step of time before each, until it holds. */
async function workUntil(provider: string, stepMs: number, holds: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 60 && !(await holds()); round++) {
    await advance(stepMs);
    await workDue(core, provider);
  }
  expect(await holds()).toBe(true);
}

const allSucceeded = (record: PaymentRecord) => async () =>
  (await refundsOf(record)).every(({ status }) => status === 'succeeded');

describe.each(['wechat_pay', 'alipay'])('F-86 %s, as strict as it really is,', (provider) => {
  it('gets refunds at the distance that it wants, however fast they are asked for, and refuses none', async () => {
    const record = await paid(provider);
    const asked = await Promise.all(['1', '2', '3', '4'].map((no) => refund(record, no)));
    const scheduled = asked.filter(({ refund: it }) => it.sentAt === undefined);
    expect(scheduled).toHaveLength(3);
    for (const { refund: it } of scheduled)
      expect(it).toMatchObject({ status: 'processing', sendAt: expect.any(Date) });
    await workUntil(provider, SPACING_MS[provider]!, allSucceeded(record));
    expect(await tradeOf(record)).toMatchObject({ refunded: 400 });
    const sent = (await refundsOf(record)).map(({ sentAt }) => sentAt!.getTime()).toSorted();
    for (let n = 1; n < sent.length; n++) expect(sent[n]! - sent[n - 1]!).toBeGreaterThanOrEqual(SPACING_MS[provider]!);
    const { body } = await world.payer.control('GET', '/requests');
    for (const { refund: it } of asked) {
      const calls = body.data.filter((call: Body) => call.operation === 'refund' && call.references.includes(it.id));
      expect(calls).toHaveLength(1);
    }
  });

  it('F-80 never gives back more than was paid: twenty at once, three times the sum', async () => {
    const record = await paid(provider, 1_000);
    const replies = await Promise.allSettled(Array.from({ length: 20 }, (_, no) => refund(record, String(no), 150)));
    expect(replies.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    for (const reply of replies.filter((it) => it.status === 'rejected'))
      expect(reply.reason).toMatchObject({ code: 'refund_exceeds_payment', extra: { refundable: 100 } });
    await workUntil(provider, SPACING_MS[provider]!, allSucceeded(record));
    expect(await tradeOf(record)).toMatchObject({ refunded: 900 });
  });

  it('F-81 is asked about a refund whose answer was lost, and gives it once', async () => {
    const record = await paid(provider);
    await world.payer.faults([{ match: { provider, operation: 'refund' }, phase: 'after', action: 'reset', times: 1 }]);
    const { refund: lost } = await refund(record, 'lost');
    const { refund: again, created } = await refund(record, 'lost');
    expect([again.id, created, lost.status]).toEqual([lost.id, false, 'unknown']);
    await workUntil(provider, 60_000, allSucceeded(record));
    expect(await tradeOf(record)).toMatchObject({ refunded: 100 });
  });

  it('gets a refund that it never heard of again, under the same number', async () => {
    const record = await paid(provider);
    await world.payer.faults([
      { match: { provider, operation: 'refund' }, phase: 'before', action: 'reset', times: 1 },
    ]);
    expect((await refund(record, 'unheard')).refund.status).toBe('unknown');
    await workUntil(provider, 60_000, allSucceeded(record));
    expect(await tradeOf(record)).toMatchObject({ refunded: 100 });
    expect(await refundsOf(record)).toHaveLength(1);
  });

  it('takes no refund after its window, and a repeat of an older one still answers it', async () => {
    const record = await paid(provider);
    const { refund: early } = await refund(record, 'early');
    await advance(366 * DAY_MS);
    await expect(refund(record, 'late')).rejects.toMatchObject({ code: 'refund_window_over' });
    expect((await refund(record, 'early')).refund.id).toBe(early.id);
  });
});

describe('F-86 WeChat Pay', () => {
  it('takes fifty refunds of one payment; the next is refused with what to do', async () => {
    const record = await paid('wechat_pay');
    for (let no = 1; no <= 50; no++) await refund(record, String(no), 1);
    await expect(refund(record, '51', 1)).rejects.toMatchObject({ code: 'refund_parts_exhausted' });
    const parts = await refundsOf(record);
    const times = parts.map(({ sentAt, sendAt }) => (sentAt ?? sendAt!).getTime());
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(49 * 60_000);
  });
});

describe('F-84 a refund of what is not known to be paid', () => {
  it('is refused and never sent', async () => {
    await world.payer.faults([{ match: { operation: 'order' }, phase: 'after', action: 'reset', times: 1 }]);
    const order = { app: APP, orderNo: `strict-${++orders}`, amount: money(500), description: '春笋' };
    const { payment } = await createPayment(core, order);
    const about = { app: APP, paymentId: payment.id, scene: 'desktop_web', method: 'wechat_scan' } as const;
    const { attempt } = await openAttempt(core, about);
    expect(attempt.status).toBe('unknown');
    const asked = refundPayment(core, { app: APP, paymentId: payment.id, refundNo: 'blind', amount: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'payment_not_paid' });
  });
});

describe('F-33 a provider that does not answer', () => {
  it('keeps the worker from nothing that another provider has', async () => {
    const record = await paid('alipay');
    await refund(record, '1');
    await refund(record, '2');
    await paid('wechat_pay').then((it) => refund(it, '1'));
    const held = Promise.withResolvers<void>();
    const stuck: CoreContext = { ...core, aroundProviderCall: () => held.promise as never };
    await advance(120_000);
    const waiting = workDue({ ...stuck }, 'wechat_pay');
    await workUntil('alipay', 4_000, allSucceeded(record));
    expect(await tradeOf(record)).toMatchObject({ refunded: 200 });
    held.resolve();
    await waiting;
  });
});
