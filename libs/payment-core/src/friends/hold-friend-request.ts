import type { CoreContext } from '../core-context.js';
import { eventOf } from '../payment-events.js';
import { conflict, notFound, type PaymentProblem } from '../problem.js';
import {
  isOver,
  statusOf,
  type FriendRequest,
  type FriendRequestRecord,
  type FriendRequestStatus,
} from './friend-request.js';
import { holderOf } from './friends-key.js';
import { findByToken } from './show-friend-request.js';

/** How long a friend has the request for themselves after the last thing they did: time to find the wallet's password. */
export const HOLD_MS = 180_000;

export type FriendsHold =
  | { readonly outcome: 'held'; readonly until: Date }
  /** Another friend is paying; once that moment has passed, this one may. */
  | { readonly outcome: 'held_by_other'; readonly until: Date }
  | { readonly outcome: 'over'; readonly status: FriendRequestStatus };

/**
 * A friend is about to pay: one at a time, for `HOLD_MS` from each time they act. Whoever held it longest ago has no claim.
 * @param visitor a random secret of the friend's browser, at least 128 bits; only a keyed hash of it is kept
 * @throws PaymentProblem not_found
 */
export async function holdFriendRequest(core: CoreContext, token: string, visitor: string): Promise<FriendsHold> {
  const record = await findByToken(core, token);
  if (record === undefined) throw notFound('friend request');
  return hold(core, record, visitor);
}

async function hold(core: CoreContext, record: FriendRequestRecord, visitor: string): Promise<FriendsHold> {
  const { request } = record;
  const now = core.clock.now();
  const status = statusOf(record, now);
  if (isOver(status)) return { outcome: 'over', status };
  const until = new Date(Math.min(now.getTime() + HOLD_MS, request.expiresAt.getTime()));
  const event = eventOf('friend_request.held', request, { friend_request_id: request.id, method: request.method }, now);
  const holder = holderOf(core, request, visitor);
  const held = await core.stores.friends.hold(request, { holder, now, until }, event);
  return held ? { outcome: 'held', until } : whyNot(core, request.token, now);
}

async function whyNot(core: CoreContext, token: string, now: Date): Promise<FriendsHold> {
  const record = await findByToken(core, token);
  if (record === undefined) throw notFound('friend request');
  const status = statusOf(record, now);
  return isOver(status)
    ? { outcome: 'over', status }
    : { outcome: 'held_by_other', until: record.request.heldUntil ?? now };
}

/** As `holdFriendRequest`, for whoever is to pay right now. @throws PaymentProblem 409 when they may not */
export async function takeHold(core: CoreContext, token: string, visitor: string): Promise<FriendRequest> {
  const held = await holdFriendRequest(core, token, visitor);
  if (held.outcome === 'held_by_other') throw heldByOther(held.until);
  if (held.outcome === 'over') throw requestOver(held.status);
  const request = await core.stores.friends.findRequestByToken(token);
  if (request === undefined) throw notFound('friend request');
  return request;
}

function heldByOther(until: Date): PaymentProblem {
  const detail = `Another friend is paying; if they have not by ${until.toISOString()}, try again then.`;
  return conflict('friend_request_held', detail, { held_until: until.toISOString() });
}

function requestOver(status: FriendRequestStatus): PaymentProblem {
  return status === 'paid'
    ? conflict('payment_already_paid', 'This payment is paid already.')
    : conflict(`friend_request_${status}`, `This request is ${status}; ask for a new link.`);
}
