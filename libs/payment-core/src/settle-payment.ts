import { sameMoney, type Captured, type Snapshot } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { providerOf } from './account-lookup.js';
import { eventOf } from './payment-events.js';
import type { Capture, Payment, Refund, WalletAttempt } from './payment.js';

/** Where a snapshot came from: what is kept beside a capture as its proof. */
export type Proof = { readonly proof: 'query' } | { readonly proof: 'notification'; readonly notificationId: string };

/** What a snapshot did here. `mismatch`: genuine but not for what we hold; it moved nothing and waits for a person. */
export type SettleOutcome = 'settled' | 'unchanged' | 'mismatch';

/**
 * Applies what a provider says of an attempt, whether it arrived by notification or by query. Safe to repeat: every
 * move is guarded by the states it may come from.
 */
export async function settleAttempt(
  core: CoreContext,
  attempt: WalletAttempt,
  snapshot: Snapshot,
  proof: Proof,
): Promise<SettleOutcome> {
  switch (snapshot.state) {
    case 'paid':
      return settleCapture(core, attempt, snapshot, proof);
    case 'refunded':
      return attempt.status === 'paid' ? 'unchanged' : review(core, attempt, 'refunded_elsewhere', {});
    case 'closed':
      return moved(core.stores.payments.moveAttempt(attempt.id, 'closed', { nextCheckAt: null }));
    case 'failed':
      return fail(core, attempt, snapshot.code);
    case 'not_found':
      return settleNotFound(core, attempt);
    case 'awaiting_payer':
    case 'processing':
      return 'unchanged';
  }
}

/**
 * Proof before paid: the payee, the amount and the currency must all be ours. The capture is recorded either way of the
 * payment's state; the store decides under the row lock whether it pays the payment or is owed back.
 */
async function settleCapture(
  core: CoreContext,
  attempt: WalletAttempt,
  captured: Captured,
  proof: Proof,
): Promise<SettleOutcome> {
  const record = await core.stores.payments.loadPayment(attempt.paymentId);
  if (record === undefined) throw new Error(`Attempt ${attempt.id} has no payment.`);
  const provider = await providerOf(core, attempt);
  if (captured.payee !== provider.payee)
    return review(core, attempt, 'payee_mismatch', { provider_reference: captured.providerReference });
  if (!sameMoney(captured.amount, record.payment.amount)) {
    return review(core, attempt, 'amount_mismatch', {
      provider_reference: captured.providerReference,
      amount: captured.amount.amount,
    });
  }
  const capture = captureOf(attempt, captured, proof, core.clock.now());
  const { outcome } = await core.stores.payments.settleCapture(
    capture,
    owedRefund(capture, record.payment, core.clock.now()),
    captureEvents(core, record.payment, attempt, capture),
  );
  return outcome === 'known' ? 'unchanged' : 'settled';
}

function captureOf(attempt: WalletAttempt, captured: Captured, proof: Proof, now: Date): Omit<Capture, 'accepted'> {
  return {
    id: newId('cap', now),
    paymentId: attempt.paymentId,
    attemptId: attempt.id,
    provider: attempt.provider,
    accountId: attempt.accountId,
    providerReference: captured.providerReference,
    amount: captured.amount,
    paidAt: captured.paidAt,
    ...(captured.payer === undefined ? {} : { payerId: captured.payer.id }),
    ...proof,
  };
}

/** The refund that is owed when no open payment was waiting for the capture. */
function owedRefund(capture: Omit<Capture, 'accepted'>, payment: Payment, now: Date): Refund {
  const id = newId('ref', now);
  return {
    id,
    app: payment.app,
    paymentId: payment.id,
    captureId: capture.id,
    reference: id,
    amount: capture.amount,
    reason: payment.status === 'closed' ? 'Paid after the order was closed' : 'Paid twice',
    status: 'processing',
    cause: 'obligation',
    createdAt: now,
    nextCheckAt: now,
    checks: 0,
  };
}

function captureEvents(
  core: CoreContext,
  payment: Payment,
  attempt: WalletAttempt,
  capture: Omit<Capture, 'accepted'>,
) {
  const data = {
    attempt_id: attempt.id,
    method: attempt.method,
    capture_id: capture.id,
    amount: capture.amount.amount,
    currency: capture.amount.currency,
    ...(attempt.friendRequestId !== undefined && { friend_request_id: attempt.friendRequestId }),
  };
  const now = core.clock.now();
  const about = { app: payment.app, paymentId: payment.id };
  return { paid: eventOf('payment.paid', about, data, now), overpaid: eventOf('payment.overpaid', about, data, now) };
}

async function fail(core: CoreContext, attempt: WalletAttempt, code: string): Promise<SettleOutcome> {
  const event = eventOf(
    'payment.attempt_failed',
    attempt,
    { attempt_id: attempt.id, method: attempt.method, code },
    core.clock.now(),
  );
  return moved(core.stores.payments.moveAttempt(attempt.id, 'failed', { code, nextCheckAt: null }, event));
}

/** "No such order" is final only after the expiry we sent: until then the payer may still open what they hold. */
async function settleNotFound(core: CoreContext, attempt: WalletAttempt): Promise<SettleOutcome> {
  if (core.clock.now() <= attempt.expiresAt) return 'unchanged';
  return moved(core.stores.payments.moveAttempt(attempt.id, 'closed', { nextCheckAt: null }));
}

async function review(
  core: CoreContext,
  attempt: WalletAttempt,
  code: string,
  data: Readonly<Record<string, unknown>>,
): Promise<SettleOutcome> {
  const event = eventOf('payment.needs_review', attempt, { attempt_id: attempt.id, code, ...data }, core.clock.now());
  await core.stores.payments.raiseReview(event);
  return 'mismatch';
}

async function moved(move: Promise<boolean>): Promise<SettleOutcome> {
  return (await move) ? 'settled' : 'unchanged';
}
