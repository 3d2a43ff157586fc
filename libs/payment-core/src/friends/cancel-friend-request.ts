import { closeAttempt, isLive } from '../close-attempt.js';
import type { CoreContext } from '../core-context.js';
import { eventOf } from '../payment-events.js';
import { conflict } from '../problem.js';
import { friendsAttempts, isOver, paidBy, statusOf, type FriendRequestRecord } from './friend-request.js';
import { showFriendRequest } from './show-friend-request.js';

/**
 * Takes a request back: the tries of its friends are closed at their provider first. Canceling what is canceled or expired
 * changes nothing.
 * @throws PaymentProblem `payment_already_paid` when the payment is paid, also by a friend who was faster; `not_found`
 */
export async function cancelFriendRequest(core: CoreContext, app: string, id: string): Promise<FriendRequestRecord> {
  const record = await showFriendRequest(core, app, id);
  const status = statusOf(record, core.clock.now());
  if (status === 'paid') throw alreadyPaid(record);
  if (isOver(status)) return record;
  const tried = await withoutLiveTries(core, record);
  if (tried.payment.status === 'paid') throw alreadyPaid(tried);
  await writeCanceled(core, tried);
  const after = await withoutLiveTries(core, await showFriendRequest(core, app, id));
  if (paidBy(after) === 'friend') throw alreadyPaid(after);
  return after;
}

/** Before the cancel is written and once after: a try may begin in between, and none can later. */
async function withoutLiveTries(core: CoreContext, record: FriendRequestRecord): Promise<FriendRequestRecord> {
  const live = friendsAttempts(record).filter(isLive);
  if (live.length === 0) return record;
  for (const attempt of live) await closeAttempt(core, attempt);
  return showFriendRequest(core, record.request.app, record.request.id);
}

async function writeCanceled(core: CoreContext, { request }: FriendRequestRecord): Promise<void> {
  const now = core.clock.now();
  const data = { friend_request_id: request.id, method: request.method };
  await core.stores.friends.cancelRequest(request.id, now, eventOf('friend_request.canceled', request, data, now));
}

function alreadyPaid(record: FriendRequestRecord) {
  const who = paidBy(record) === 'friend' ? 'The friend was faster: this' : 'This';
  return conflict('payment_already_paid', `${who} payment is paid already; refund it instead.`);
}
