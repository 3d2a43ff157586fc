import { UntrustedMessage, type Notification, type Notifications, type RawMessage } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import type { Account } from './stores/config.store.js';

/** A notification and the account version whose keys it holds under. */
export interface VerifiedNotification {
  readonly account: Account;
  readonly notification: Notification;
}

/**
 * Verifies a message with the account's keys: while versions overlap each is tried, newest first, then the attempt that it
 * names binds it to its own.
 * @returns undefined when no version's keys hold
 */
export async function verifyNotification(
  core: CoreContext,
  versions: readonly Account[],
  message: RawMessage,
): Promise<VerifiedNotification | undefined> {
  const verified = await firstThatHolds(core, versions, message);
  return verified && boundToAttempt(core, versions, verified, message);
}

async function firstThatHolds(
  core: CoreContext,
  versions: readonly Account[],
  message: RawMessage,
): Promise<VerifiedNotification | undefined> {
  for (const account of versions) {
    const notification = await parseWith(core.providers.connect(account).notifications, message);
    if (notification instanceof UntrustedMessage) {
      core.report(notification, {
        doing: 'verify a notification',
        account_id: account.id,
        version: account.version,
        causes: causesOf(core, account, message),
      });
    } else if (notification !== undefined) return { account, notification };
  }
  return undefined;
}

/** The codes of docs/doctor.md, for the log; undefined where nobody looked. */
function causesOf({ providers }: CoreContext, account: Account, message: RawMessage): readonly string[] | undefined {
  const diagnosis = providers.diagnoseSeldom(account, { kind: 'notification', ...message });
  return diagnosis?.findings.map(({ cause }) => cause);
}

/**
 * Reads the message with the version that made the attempt, where that one verifies it too: several versions may share a
 * provider's key, and only the attempt's own says whose account must be named in it.
 */
async function boundToAttempt(
  core: CoreContext,
  versions: readonly Account[],
  verified: VerifiedNotification,
  message: RawMessage,
): Promise<VerifiedNotification> {
  if (versions.length === 1 || verified.notification.subject === 'other') return verified;
  const attempt = await core.stores.payments.findAttemptByReference(verified.notification.reference);
  const pinned = versions.find(({ id, version }) => id === attempt?.accountId && version === attempt.accountVersion);
  if (pinned === undefined || pinned.version === verified.account.version) return verified;
  const notification = await parseWith(core.providers.connect(pinned).notifications, message);
  const holds = notification !== undefined && !(notification instanceof UntrustedMessage);
  return holds ? { account: pinned, notification } : verified;
}

async function parseWith(
  notifications: Notifications | undefined,
  message: RawMessage,
): Promise<Notification | UntrustedMessage | undefined> {
  try {
    return await notifications?.parse(message);
  } catch (error) {
    if (error instanceof UntrustedMessage) return error;
    throw error;
  }
}
