import {
  type Acknowledgement,
  type Notification,
  type NotificationVerdict,
  type RawMessage,
} from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { eventOf } from './payment-events.js';
import type { Attempt } from './payment.js';
import { notFound } from './problem.js';
import { settleAttempt, type SettleOutcome } from './settle-payment.js';
import { settleRefund } from './settle-refund.js';
import type { Account } from './stores/config.store.js';
import { verifyNotification, type VerifiedNotification } from './verify-notification.js';

/**
 * Takes a provider's message for one account: verify, keep, apply, then answer as the provider's document asks. The
 * account in the URL chooses the keys; while its versions overlap each is tried. Success is answered only after the
 * effect is committed; a message whose effect was applied before is answered the same way again.
 * @throws PaymentProblem not_found when there is no such account
 */
export async function receiveNotification(
  core: CoreContext,
  provider: string,
  accountId: string,
  message: RawMessage,
): Promise<Acknowledgement> {
  const versions = (await core.stores.config.findAccountVersions(accountId)).filter((it) => it.provider === provider);
  const newest = versions[0] && core.providers.connect(versions[0]).notifications;
  if (newest === undefined) throw notFound('account');
  return newest.acknowledge(await verdictOn(core, versions, message));
}

async function verdictOn(
  core: CoreContext,
  versions: readonly Account[],
  message: RawMessage,
): Promise<NotificationVerdict> {
  try {
    const verified = await verifyNotification(core, versions, message);
    return verified === undefined ? 'untrusted' : await apply(core, verified, message);
  } catch (error) {
    core.report(error, { doing: 'apply a notification', account_id: versions[0]?.id });
    return 'failed';
  }
}

async function apply(
  core: CoreContext,
  { account, notification }: VerifiedNotification,
  message: RawMessage,
): Promise<NotificationVerdict> {
  const inbox = await core.stores.inbox.receive({
    id: newId('ntf', core.clock.now()),
    provider: account.provider,
    accountId: account.id,
    accountVersion: account.version,
    messageId: notification.id,
    subject: notification.subject,
    headers: Object.fromEntries(message.headers),
    body: message.body,
    receivedAt: core.clock.now(),
  });
  const outcome = inbox.outcome ?? (await effectOf(core, account, notification, inbox.id));
  if (inbox.outcome === undefined) await core.stores.inbox.markApplied(inbox.id, outcome);
  return outcome === 'mismatch' ? 'mismatch' : 'accepted';
}

async function effectOf(
  core: CoreContext,
  account: Account,
  notification: Notification,
  notificationId: string,
): Promise<SettleOutcome | 'ignored'> {
  switch (notification.subject) {
    case 'payment':
      return paymentEffect(core, account, notification, notificationId);
    case 'refund':
      return refundEffect(core, account, notification);
    case 'other':
      return 'ignored';
  }
}

async function paymentEffect(
  core: CoreContext,
  account: Account,
  notification: Notification & { subject: 'payment' },
  notificationId: string,
): Promise<SettleOutcome> {
  const attempt = await core.stores.payments.findAttemptByReference(notification.reference);
  if (attempt === undefined || attempt.accountId !== account.id) return stranger(core, account, notification.reference);
  return settleAttempt(core, attempt, notification.snapshot, { proof: 'notification', notificationId });
}

/** Only a number that we gave out counts; a refund that is still on its way is asked about by the worker at once. */
async function refundEffect(
  core: CoreContext,
  account: Account,
  notification: Notification & { subject: 'refund' },
): Promise<SettleOutcome> {
  const refund = await core.stores.payments.findRefundByReference(notification.refundReference);
  const attempt = await core.stores.payments.findAttemptByReference(notification.reference);
  const ours = refund !== undefined && attempt?.paymentId === refund.paymentId && attempt.accountId === account.id;
  if (!ours || notification.payee !== core.providers.connect(account).payee) {
    return refundedElsewhere(core, account, attempt, notification.refundReference);
  }
  if (notification.snapshot.state !== 'processing')
    return settleRefund(core, { refund, provider: account.provider }, notification.snapshot);
  const moving = refund.status === 'processing' || refund.status === 'unknown';
  if (moving) await core.stores.payments.scheduleRefund(refund.id, core.clock.now());
  return 'unchanged';
}

/** Money of ours went back that we never sent: somebody refunded at the provider's console. A person should know. */
async function refundedElsewhere(
  core: CoreContext,
  account: Account,
  attempt: Attempt | undefined,
  reference: string,
): Promise<SettleOutcome> {
  if (attempt?.accountId === account.id) {
    const data = { attempt_id: attempt.id, code: 'refunded_elsewhere', refund_reference: reference };
    await core.stores.payments.raiseReview(eventOf('payment.needs_review', attempt, data, core.clock.now()));
  }
  return stranger(core, account, reference);
}

function stranger(core: CoreContext, account: Account, reference: string): SettleOutcome {
  core.report(new Error('A genuine notification names a number that this account never gave out.'), {
    account_id: account.id,
    reference,
  });
  return 'mismatch';
}
