import { money, type NextAction } from '@hutong/payment-port';
import {
  newId,
  type Account,
  type Authorship,
  type Capture,
  type EventType,
  type NewEvent,
  type Payment,
  type Refund,
  type ScanCodeAttempt,
  type Stores,
  type WalletAttempt,
} from '@hutong/payment-core';

/** Business time of every specimen. */
export const NOW = new Date('2026-03-01T08:00:00.123Z');

export function minutesAfter(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000);
}

export const CODE: NextAction = {
  type: 'show_qr_code',
  content: 'weixin://wxpay/bizpayurl?pr=1',
  expiresAt: minutesAfter(30),
};

export const BY: Authorship = { actor: 'test' };

/** An app named `shop` with one account, ready to be paid. */
export async function openShop(stores: Stores): Promise<Account> {
  await stores.config.saveApp(
    {
      id: 'shop',
      name: { 'zh-CN': '小店', en: 'Shop' },
      branding: { color: '#112233', mark: '店' },
      returnOrigins: ['https://shop.example'],
    },
    BY,
  );
  const settings = { mchid: '1900000001', api_key: 'sk-canary' };
  return stores.config.addAccountVersion({ app: 'shop', provider: 'wire', ref: 'main', settings }, ['api_key'], BY);
}

export function aPayment(change: Partial<Payment> = {}): Payment {
  return {
    id: newId('pay'),
    app: 'shop',
    orderNo: newId('pay'),
    contentHash: 'hash',
    status: 'open',
    amount: money(1299),
    description: '一斤苹果',
    cashierToken: newId('pay'),
    createdAt: NOW,
    expiresAt: minutesAfter(30),
    ...change,
  };
}

export function anAttempt(
  payment: Payment,
  account: Pick<Account, 'id' | 'version' | 'provider'>,
  change: Partial<WalletAttempt> = {},
): WalletAttempt {
  const id = newId('att');
  return {
    id,
    paymentId: payment.id,
    app: payment.app,
    method: 'wire_scan',
    scene: 'app',
    provider: account.provider,
    accountId: account.id,
    accountVersion: account.version,
    reference: id,
    payerKey: 'payer',
    status: 'starting',
    createdAt: NOW,
    expiresAt: payment.expiresAt,
    nextCheckAt: minutesAfter(1),
    checks: 0,
    ...change,
  };
}

/** A code that any wallet may scan: an attempt of no provider. */
export function aScanCode(payment: Payment, change: Partial<ScanCodeAttempt> = {}): ScanCodeAttempt {
  const { provider: _, accountId: __, accountVersion: ___, ...rest } = anAttempt(payment, NOBODYS);
  const own = { method: 'any_scan', status: 'awaiting_payer', nextAction: CODE, ...change } as const;
  return { ...rest, ...own };
}

const NOBODYS = { id: '', version: 0, provider: '' } as const;

export function aCapture(attempt: WalletAttempt, change: Partial<Capture> = {}): Omit<Capture, 'accepted'> {
  return {
    id: newId('cap'),
    paymentId: attempt.paymentId,
    attemptId: attempt.id,
    provider: attempt.provider,
    accountId: attempt.accountId,
    providerReference: newId('cap'),
    amount: money(1299),
    paidAt: minutesAfter(2),
    payerId: 'o***x',
    proof: 'query',
    ...change,
  };
}

export function aRefund(capture: Omit<Capture, 'accepted'>, change: Partial<Refund> = {}): Refund {
  const id = newId('ref');
  return {
    id,
    app: 'shop',
    paymentId: capture.paymentId,
    captureId: capture.id,
    refundNo: id,
    reference: id,
    amount: money(100),
    reason: '坏了',
    status: 'processing',
    cause: 'merchant',
    createdAt: NOW,
    sentAt: NOW,
    nextCheckAt: NOW,
    checks: 0,
    ...change,
  };
}

export function owedFor(capture: Omit<Capture, 'accepted'>): Refund {
  const {
    refundNo: _,
    sentAt: __,
    ...refund
  } = aRefund(capture, {
    cause: 'obligation',
    amount: capture.amount,
    reason: 'Paid twice',
  });
  return refund;
}

export function anEvent(type: EventType, paymentId: string): NewEvent {
  return { id: newId('evt'), type, app: 'shop', paymentId, data: { about: paymentId }, createdAt: NOW };
}

/** Inserts a payment and opens attempts on it. */
export async function aPaymentWithAttempts(stores: Stores, account: Account, count: number) {
  const payment = aPayment();
  await stores.payments.insertPayment(payment, anEvent('payment.created', payment.id));
  const attempts = Array.from({ length: count }, () => anAttempt(payment, account));
  for (const attempt of attempts)
    await stores.payments.openAttempt(attempt, anEvent('payment.attempt_opened', payment.id));
  return { payment, attempts };
}

export function settle(stores: Stores, capture: Omit<Capture, 'accepted'>) {
  const events = {
    paid: anEvent('payment.paid', capture.paymentId),
    overpaid: anEvent('payment.overpaid', capture.paymentId),
  };
  return stores.payments.settleCapture(capture, owedFor(capture), events);
}

/** A payment that is paid, with its capture. */
export async function aPaidPayment(stores: Stores, account: Account) {
  const { payment, attempts } = await aPaymentWithAttempts(stores, account, 1);
  const capture = aCapture(attempts[0]!);
  await settle(stores, capture);
  return { payment, capture };
}

export async function eventsOf(stores: Stores, paymentId: string): Promise<readonly string[]> {
  return (await stores.payments.listEvents('shop', paymentId)).map(({ sequence, type }) => `${sequence} ${type}`);
}
