import { randomBytes } from 'node:crypto';
import { MAX_AMOUNT, type Money, type Scene } from '@hutong/payment-port';
import { contentHash } from './content-hash.js';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { inStep } from './observation/observer.js';
import type { PayerFacts, Payment } from './payment.js';
import { conflict, invalid, notFound } from './problem.js';
import { isReturnUrlAllowed } from './return-url.js';

/** Seconds that a payment may stay open. The ends fit both wires: Alipay 1 minute to 15 days, WeChat Pay 7 days. */
export const EXPIRES_IN = { min: 60, max: 604_800, default: 7_200 } as const;

export interface PaymentOrder {
  readonly app: string;
  readonly orderNo: string;
  readonly amount: Money;
  readonly description: string;
  readonly scene?: Scene;
  readonly payer?: PayerFacts;
  readonly returnUrl?: string;
  /** Seconds. */
  readonly expiresIn?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Creates a payment, once per order number.
 * @returns the payment and whether it is new; the same order again answers the one that exists
 * @throws PaymentProblem `order_no_taken` when the number stands for another content
 */
export function createPayment(core: CoreContext, order: PaymentOrder): Promise<{ created: boolean; payment: Payment }> {
  return inStep(core, { name: 'create_payment', about: { app_id: order.app } }, () => create(core, order));
}

async function create(core: CoreContext, order: PaymentOrder): Promise<{ created: boolean; payment: Payment }> {
  await checkOrder(core, order);
  const draft = draftOf(order, core.clock.now());
  const { inserted, payment } = await core.stores.payments.insertPayment(draft, {
    id: newId('evt'),
    type: 'payment.created',
    app: draft.app,
    paymentId: draft.id,
    data: { order_no: draft.orderNo, amount: draft.amount.amount, currency: draft.amount.currency },
    createdAt: draft.createdAt,
  });
  if (!inserted && payment.contentHash !== draft.contentHash) {
    throw conflict('order_no_taken', `Order ${order.orderNo} exists with other content.`, { payment_id: payment.id });
  }
  return { created: inserted, payment };
}

async function checkOrder(core: CoreContext, order: PaymentOrder): Promise<void> {
  const app = await core.stores.config.findApp(order.app);
  if (app === undefined) throw notFound('app');
  if (order.amount.amount < 1 || order.amount.amount > MAX_AMOUNT) {
    throw invalid('/amount', `must be from 1 to ${MAX_AMOUNT} minor units.`);
  }
  if (order.returnUrl !== undefined && !isReturnUrlAllowed(order.returnUrl, app.returnOrigins)) {
    throw invalid(
      '/return_url',
      `must start with an origin registered for this app: ${app.returnOrigins.join(', ') || 'none yet'}.`,
    );
  }
}

function draftOf(order: PaymentOrder, now: Date): Payment {
  const { expiresIn, ...asked } = order;
  return {
    ...asked,
    id: newId('pay', now),
    contentHash: contentHash(order),
    status: 'open',
    cashierToken: randomBytes(24).toString('base64url'),
    createdAt: now,
    expiresAt: new Date(now.getTime() + (expiresIn ?? EXPIRES_IN.default) * 1_000),
  };
}
