import type { LocalText, Money } from '@hutong/payment-port';
import type { CoreContext } from '../core-context.js';
import type { Attempt } from '../payment.js';
import type { AppConfig } from '../options/option-config.js';
import {
  friendsAttempts,
  paidBy,
  statusOf,
  type FriendRequestRecord,
  type FriendRequestStatus,
  type PaidBy,
} from './friend-request.js';
import { holderOf, isTryOf } from './friends-key.js';
import { findByToken } from './show-friend-request.js';

/** What a friend may know: what they pay for and to whom. Nothing in it is about the owner, or about another friend. */
export interface FriendView {
  readonly app: Pick<AppConfig, 'id' | 'name' | 'branding'>;
  readonly method: { readonly id: string; readonly title: LocalText };
  readonly amount: Money;
  readonly description: string;
  /** The owner's line to the friend. */
  readonly message?: string;
  readonly expiresAt: Date;
  readonly status: FriendRequestStatus;
  readonly paidBy?: PaidBy;
  /** Who is about to pay, and until when they have it for themselves. */
  readonly held?: { readonly by: 'me' | 'other'; readonly until: Date };
  /** What became of money that this visitor paid: it paid the order, or somebody was faster and it goes back. */
  readonly myMoney?: 'accepted' | 'returned';
}

/**
 * What the page of a token shows this visitor.
 * @param visitor the secret of their browser; without one they are a stranger
 * @returns undefined when nothing has the token
 */
export async function viewForFriend(
  core: CoreContext,
  token: string,
  visitor?: string,
): Promise<FriendView | undefined> {
  const record = await findByToken(core, token);
  if (record === undefined) return undefined;
  const app = await core.stores.config.findApp(record.request.app);
  const method = core.providers.method(record.request.method);
  if (app === undefined || method === undefined) return undefined;
  const me = visitor === undefined ? undefined : holderOf(core, record.request, visitor);
  const { id, name, branding } = app;
  return {
    app: { id, name, branding },
    method: { id: method.id, title: method.title },
    ...shownOf(record),
    ...standing(record, me, core.clock.now()),
  };
}

function shownOf({ request, payment }: FriendRequestRecord) {
  return {
    amount: payment.amount,
    description: payment.description,
    ...(request.message !== undefined && { message: request.message }),
    expiresAt: request.expiresAt,
  };
}

function standing(record: FriendRequestRecord, me: string | undefined, now: Date) {
  const by = paidBy(record);
  const held = heldBy(record, me, now);
  const money = me === undefined ? undefined : moneyOf(record, me);
  return {
    status: statusOf(record, now),
    ...(by !== undefined && { paidBy: by }),
    ...(held !== undefined && { held }),
    ...(money !== undefined && { myMoney: money }),
  };
}

function heldBy(record: FriendRequestRecord, me: string | undefined, now: Date): FriendView['held'] {
  const { request } = record;
  if (request.heldUntil === undefined || statusOf(record, now) !== 'claimed') return undefined;
  return { by: request.holder === me ? 'me' : 'other', until: request.heldUntil };
}

/** The tries that this visitor opened, oldest first. */
export function friendsTries(core: CoreContext, record: FriendRequestRecord, visitor: string): readonly Attempt[] {
  const me = holderOf(core, record.request, visitor);
  return friendsAttempts(record).filter((it) => isTryOf(me, it));
}

function moneyOf(record: FriendRequestRecord, me: string): FriendView['myMoney'] {
  const mine = new Set(
    friendsAttempts(record)
      .filter((it) => isTryOf(me, it))
      .map(({ id }) => id),
  );
  const paid = record.captures.filter(({ attemptId }) => mine.has(attemptId));
  if (paid.length === 0) return undefined;
  return paid.some(({ accepted }) => accepted) ? 'accepted' : 'returned';
}
