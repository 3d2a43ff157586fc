import { money, type Bill, type BilledPayment, type BilledRefund, type BillLine } from '@hutong/payment-port';
import type { ProviderDefinition, ProviderTools, RefundSnapshot, Snapshot } from '@hutong/payment-port';
import { openTestDatabase } from '@hutong/payment-store/testing';
import type { CoreContext } from '../core-context.js';
import { newId } from '../ids.js';
import { pageLinks } from '../page-links.js';
import { eventOf } from '../payment-events.js';
import type { Payment, Refund, WalletAttempt } from '../payment.js';
import { ProviderDirectory } from '../provider-directory.js';
import type { Account } from '../stores/config.store.js';

/** A payment that both sides know, with the line that the statement has for it. */
export interface Known {
  readonly payment: Payment;
  readonly attempt: WalletAttempt;
  readonly line: BilledPayment;
}

const BY = { actor: 'test' };

/**
 * A shop on a database of its own, and a provider `wire` that says what a test has it say: statements by day, and answers
 * to queries by reference.
 */
export async function openWireShop() {
  const database = await openTestDatabase();
  const { stores } = database;
  const bills = new Map<string, () => Promise<Bill>>();
  const answers = new Map<string, Snapshot | RefundSnapshot | Error>();
  const reported: unknown[] = [];
  const clock = { now: new Date('2026-03-02T03:00:00Z') };
  const answer = async <S extends Snapshot | RefundSnapshot>(reference: string): Promise<S> => {
    const known = answers.get(reference) ?? { state: 'not_found' };
    if (known instanceof Error) throw known;
    return known as S;
  };
  const wire = {
    id: 'wire',
    title: { 'zh-CN': '线', en: 'Wire' },
    methods: [],
    secretFields: [],
    readSettings: (settings: unknown) => settings,
    fromSandbox: () => ({}),
    connect: () => ({
      payee: 'us',
      payments: { prepare: {}, query: (reference: string) => answer<Snapshot>(reference) },
      refunds: {
        refund: async () => ({ state: 'processing' }),
        query: ({ reference }: { readonly reference: string }) => answer<RefundSnapshot>(reference),
      },
      bills: { kinds: ['trades'], download: ({ date }: { readonly date: string }) => (bills.get(date) ?? notReady)() },
    }),
  } as unknown as ProviderDefinition;
  const tools = { clock: { now: () => clock.now } } as unknown as ProviderTools;
  const core: CoreContext = {
    stores,
    providers: new ProviderDirectory({ providers: [wire], methods: [] }, tools),
    clock: { now: () => clock.now },
    notifyUrl: () => 'https://shop.example/notify',
    links: pageLinks('https://shop.example'),
    report: (error) => void reported.push(error),
  };
  const branding = { color: '#112233', mark: '店' };
  await stores.config.saveApp({ id: 'shop', name: { 'zh-CN': '店', en: 'Shop' }, branding, returnOrigins: [] }, BY);
  const account = await stores.config.addAccountVersion(
    { app: 'shop', provider: 'wire', ref: 'main', settings: {} },
    [],
    BY,
  );

  /** An order with one attempt, of which nothing more is known here. */
  async function order(at: Date, amount = 1_299, owner: Account = account): Promise<Omit<Known, 'line'>> {
    const payment = aPayment(at, amount);
    await stores.payments.insertPayment(payment, eventOf('payment.created', about(payment), {}, at));
    const attempt = anAttempt(payment, owner, at);
    await stores.payments.openAttempt(attempt, eventOf('payment.attempt_opened', about(payment), {}, at));
    return { payment, attempt };
  }

  return {
    core,
    stores,
    account,
    clock,
    reported,
    answers,
    database: database.database,
    close: () => database.close(),
    order,
    /** What the provider's statement of that day is from now on. */
    publish(date: string, lines: readonly BillLine[]): void {
      bills.set(date, async () => ({ status: 'ready', lines: linesOf(lines) }));
    },
    answerBill(date: string, bill: () => Promise<Bill>): void {
      bills.set(date, bill);
    },
    /** An order that was paid, as both sides know; `at` is the provider's time. */
    async paid(at: Date, amount = 1_299): Promise<Known> {
      const made = await order(at, amount);
      const line = lineFor(made.attempt, at, amount);
      const { id: attemptId, provider, accountId, paymentId } = made.attempt;
      const capture = {
        id: newId('cap', at),
        paymentId,
        attemptId,
        provider,
        accountId,
        paidAt: at,
        proof: 'query' as const,
        providerReference: line.providerReference,
        amount: line.amount,
      };
      const owed = aRefund(made.payment, capture.id, amount, at);
      const event = (type: 'payment.paid' | 'payment.overpaid') => eventOf(type, about(made.payment), {}, at);
      const events = { paid: event('payment.paid'), overpaid: event('payment.overpaid') };
      await stores.payments.settleCapture(capture, { ...owed, cause: 'obligation' }, events);
      return { ...made, line };
    },
    /** A refund of it that has succeeded, as both sides know. */
    async refunded({ payment, line }: Known, at: Date, amount = 100): Promise<{ refund: Refund; line: BilledRefund }> {
      const refund = await refundOf(payment, at, amount);
      const event = eventOf('refund.succeeded', about(payment), {}, at);
      await stores.payments.moveRefund(refund.id, 'succeeded', { succeededAt: at, nextCheckAt: null }, event);
      return { refund, line: refundLine(line, refund.reference, at, amount) };
    },
    /** A refund of it that is under way here. */
    refundOf,
    async differences(date: string) {
      const days = await stores.reconciliations.find('shop', 'wire', date);
      const accountIds = days.map((day) => day.accountId);
      return stores.reconciliations.listDifferences({ accountIds, date, after: '', limit: 10_000 });
    },
    async day(date: string) {
      const [day] = await stores.reconciliations.find('shop', 'wire', date);
      return day!;
    },
    async eventsOf(payment: Payment, type: string) {
      return (await stores.payments.listEvents('shop', payment.id)).filter((it) => it.type === type);
    },
  };

  async function refundOf(payment: Payment, at: Date, amount: number): Promise<Refund> {
    const record = await stores.payments.loadPayment(payment.id);
    const refund = { ...aRefund(payment, record!.captures[0]!.id, amount, at), refundNo: newId('ref', at) };
    await stores.payments.insertRefund(refund, eventOf('refund.created', about(payment), {}, at));
    return refund;
  }
}

export type WireShop = Awaited<ReturnType<typeof openWireShop>>;

const notReady = async (): Promise<Bill> => ({ status: 'not_ready' });

async function* linesOf(lines: readonly BillLine[]): AsyncGenerator<BillLine, void> {
  yield* lines;
}

/** The line for an attempt that was paid; 0.6 % stays with the provider. */
export function lineFor(attempt: Pick<WalletAttempt, 'reference'>, at: Date, amount = 1_299): BilledPayment {
  const fee = money(Math.round(amount * 0.006));
  return {
    type: 'payment',
    reference: attempt.reference,
    providerReference: newId('cap', at),
    amount: money(amount),
    fee,
    at,
  };
}

export function refundLine(
  { reference, providerReference }: BilledPayment,
  refundReference: string,
  at: Date,
  amount = 100,
): BilledRefund {
  const feeReturned = money(Math.round(amount * 0.006));
  const state = 'succeeded' as const;
  return {
    type: 'refund',
    reference,
    providerReference,
    refundReference,
    amount: money(amount),
    feeReturned,
    state,
    at,
  };
}

function about({ app, id: paymentId }: Payment) {
  return { app, paymentId };
}

function aPayment(at: Date, amount: number): Payment {
  return {
    id: newId('pay', at),
    app: 'shop',
    orderNo: newId('pay', at),
    contentHash: 'hash',
    status: 'open',
    amount: money(amount),
    description: '一斤苹果',
    cashierToken: newId('pay', at),
    createdAt: at,
    expiresAt: new Date(at.getTime() + 1_800_000),
  };
}

function anAttempt(payment: Payment, account: Account, at: Date): WalletAttempt {
  const id = newId('att', at);
  return {
    id,
    paymentId: payment.id,
    app: 'shop',
    method: 'wire_scan',
    scene: 'app',
    provider: 'wire',
    reference: id,
    accountId: account.id,
    accountVersion: account.version,
    payerKey: 'payer',
    status: 'awaiting_payer',
    createdAt: at,
    expiresAt: payment.expiresAt,
    checks: 0,
    nextCheckAt: payment.expiresAt,
  };
}

function aRefund(payment: Payment, captureId: string, amount: number, at: Date): Refund {
  const id = newId('ref', at);
  return {
    id,
    app: 'shop',
    paymentId: payment.id,
    captureId,
    reference: id,
    amount: money(amount),
    checks: 0,
    status: 'processing',
    cause: 'merchant',
    createdAt: at,
    nextCheckAt: at,
  };
}
