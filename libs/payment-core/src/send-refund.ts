import { Rejected, type RefundRequest, type RefundSnapshot } from '@hutong/payment-port';
import { providerOf } from './account-lookup.js';
import type { CoreContext } from './core-context.js';
import type { Capture, Refund, WalletAttempt } from './payment.js';
import { spacingOf } from './refund-limits.js';
import { goOnWaiting, settleRefund } from './settle-refund.js';
import type { SettleOutcome } from './settle-payment.js';

/** No is no for these; any other rejection may pass, so the same number goes again later. */
const MAY_PASS: readonly string[] = [
  'merchant_balance_too_low',
  'rate_limited',
  'unavailable',
  'invalid_configuration',
  'not_permitted',
];

/**
 * Sends a refund whose row is committed, always under its own number, when it is its turn among the refunds of its
 * capture; a worker comes back to it when it is not.
 */
export async function sendRefund(
  core: CoreContext,
  refund: Refund,
  capture: Capture,
  attempt: WalletAttempt,
): Promise<SettleOutcome | 'unanswered'> {
  const now = core.clock.now();
  if (refund.sentAt === undefined && refund.sendAt !== undefined && refund.sendAt > now) return 'unchanged';
  const { refunds = {} } = await providerOf(core, attempt);
  const spacing = spacingOf(core, attempt.provider, refunds);
  const { turn } = await core.stores.payments.takeRefundTurn(refund.id, now, spacing);
  return turn === 'now' ? callForRefund(core, refund, capture, attempt) : 'unchanged';
}

/**
 * Calls the provider for a refund whose turn it is, and writes the answer. A refund that a provider surely refused has
 * failed (one that we owe waits for a person); anything else stays reserved and is asked about.
 */
export async function callForRefund(
  core: CoreContext,
  refund: Refund,
  capture: Capture,
  attempt: WalletAttempt,
): Promise<SettleOutcome | 'unanswered'> {
  const at = { refund, provider: attempt.provider };
  const answer = await callProvider(core, refund, capture, attempt);
  if ('snapshot' in answer) return settleRefund(core, at, answer.snapshot);
  await goOnWaiting(core, at, { status: 'unknown', ...answer });
  return 'unanswered';
}

async function callProvider(
  core: CoreContext,
  refund: Refund,
  capture: Capture,
  attempt: WalletAttempt,
): Promise<{ readonly snapshot: RefundSnapshot } | { readonly code?: string }> {
  try {
    const { refunds } = await providerOf(core, attempt);
    if (refunds === undefined) return { code: 'refunds_unsupported' };
    return { snapshot: await refunds.refund(requestOf(core, refund, capture, attempt)) };
  } catch (error) {
    if (error instanceof Rejected && !MAY_PASS.includes(error.reason))
      return { snapshot: { state: 'failed', code: error.reason } };
    core.report(error, { doing: 'send a refund', refund_id: refund.id, provider: attempt.provider });
    return error instanceof Rejected ? { code: error.reason } : {};
  }
}

function requestOf(core: CoreContext, refund: Refund, capture: Capture, attempt: WalletAttempt): RefundRequest {
  return {
    reference: refund.reference,
    paymentReference: attempt.reference,
    paymentProviderReference: capture.providerReference,
    amount: refund.amount,
    total: capture.amount,
    ...(refund.reason === undefined ? {} : { reason: refund.reason }),
    notifyUrl: core.notifyUrl(attempt.provider, attempt.accountId),
  };
}
