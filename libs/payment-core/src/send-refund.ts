import { Rejected, type RefundRequest, type RefundSnapshot } from '@hutong/payment-port';
import { providerOf } from './account-lookup.js';
import type { CoreContext } from './core-context.js';
import type { Capture, Refund, WalletAttempt } from './payment.js';
import { nextRefundCheck } from './polling-plan.js';
import { settleRefund } from './settle-refund.js';

/** No is no for these; any other rejection may pass, so the same number goes again later. */
const MAY_PASS: readonly string[] = [
  'merchant_balance_too_low',
  'rate_limited',
  'unavailable',
  'invalid_configuration',
  'not_permitted',
];

/**
 * Sends a refund whose row is committed, always under its own number, and writes the answer. A refund that a provider
 * surely refused has failed (one that we owe waits for a person); anything else stays reserved and is asked about.
 */
export async function sendRefund(
  core: CoreContext,
  refund: Refund,
  capture: Capture,
  attempt: WalletAttempt,
): Promise<Refund> {
  const snapshot = await callProvider(core, refund, capture, attempt);
  if (snapshot !== undefined) await settleRefund(core, refund, snapshot);
  else
    await core.stores.payments.moveRefund(refund.id, 'unknown', {
      nextCheckAt: nextRefundCheck(refund.checks, core.clock.now()),
    });
  return (await core.stores.payments.findRefund(refund.app, refund.id)) ?? refund;
}

async function callProvider(
  core: CoreContext,
  refund: Refund,
  capture: Capture,
  attempt: WalletAttempt,
): Promise<RefundSnapshot | undefined> {
  try {
    const { refunds } = await providerOf(core, attempt);
    return await refunds?.refund(requestOf(core, refund, capture, attempt));
  } catch (error) {
    if (error instanceof Rejected && !MAY_PASS.includes(error.reason)) return { state: 'failed', code: error.reason };
    core.report(error, { doing: 'send a refund', refund_id: refund.id, provider: attempt.provider });
    return undefined;
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
