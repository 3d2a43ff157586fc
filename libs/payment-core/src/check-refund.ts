import type { RefundSnapshot } from '@hutong/payment-port';
import { providerOf } from './account-lookup.js';
import type { CoreContext } from './core-context.js';
import { attemptBehind, type Capture, type Refund, type WalletAttempt } from './payment.js';
import { sendRefund } from './send-refund.js';
import { goOnWaiting, settleRefund } from './settle-refund.js';
import type { SettleOutcome } from './settle-payment.js';

/**
 * Asks the provider about a refund and applies the answer. One that was surely never sent goes without a question, and one
 * that the provider never accepted goes again, under the same number: a lost request and a crash before the call end the
 * same way.
 */
export async function checkRefund(core: CoreContext, refund: Refund): Promise<SettleOutcome | 'unanswered'> {
  const record = await core.stores.payments.loadPayment(refund.paymentId);
  const capture = record?.captures.find((it) => it.id === refund.captureId);
  const attempt = record && capture && attemptBehind(record, capture);
  if (capture === undefined || attempt === undefined) throw new Error(`Refund ${refund.id} has no capture.`);
  if (refund.sentAt === undefined) return sendRefund(core, refund, capture, attempt);
  const snapshot = await ask(core, refund, capture, attempt);
  if (snapshot?.state === 'not_found') return sendRefund(core, refund, capture, attempt);
  const at = { refund, provider: attempt.provider };
  if (snapshot !== undefined) return settleRefund(core, at, snapshot);
  await goOnWaiting(core, at);
  return 'unanswered';
}

async function ask(
  core: CoreContext,
  refund: Refund,
  capture: Capture,
  attempt: WalletAttempt,
): Promise<RefundSnapshot | undefined> {
  try {
    const { refunds } = await providerOf(core, attempt);
    return await refunds?.query({
      reference: refund.reference,
      paymentReference: attempt.reference,
      paymentProviderReference: capture.providerReference,
      amount: refund.amount,
    });
  } catch (error) {
    core.report(error, { doing: 'query a refund', refund_id: refund.id, provider: attempt.provider });
    return undefined;
  }
}
