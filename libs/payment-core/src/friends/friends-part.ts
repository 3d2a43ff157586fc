import { isLive } from '../close-attempt.js';
import type { CoreContext } from '../core-context.js';
import type { AttemptOrder } from '../open-attempt.js';
import type { Attempt, Payment } from '../payment.js';
import { conflict } from '../problem.js';
import { attemptInProgress } from '../resume-attempt.js';
import type { FriendsTurn } from '../stores/friend-request.store.js';

/** What is different when a friend pays: whose turn it is, and until when the request lets them. */
export interface FriendsPart extends FriendsTurn {
  readonly expiresAt: Date;
}

/** What a friend pays for is asked of the friend: nobody charges the owner's device by this option. */
export function refuseHandover(core: CoreContext, { method, friend }: AttemptOrder): void {
  if (friend !== undefined || core.providers.method(method)?.handsOver !== 'friend_request') return;
  const detail = `Somebody else pays with ${method}: POST /v1/payments/{id}/friend-requests makes the link for them.`;
  throw conflict('use_friend_requests', detail, { method });
}

/** The payment as whoever pays may know it: what is the owner's alone stays behind when a friend does. */
export function asPaidBy({ friend, returnUrl }: AttemptOrder, payment: Payment): Payment {
  const { payer, returnUrl: owners, ...open } = payment;
  const back = returnUrl ?? (friend === undefined ? owners : undefined);
  return {
    ...open,
    ...(back !== undefined && { returnUrl: back }),
    ...(friend === undefined && payer !== undefined && { payer }),
    expiresAt: friend?.expiresAt ?? payment.expiresAt,
  };
}

/** The other click of a double click, begun since we looked: it is not closed as an older try, it is the try. */
export function refuseTwin(now: readonly Attempt[], before: readonly Attempt[], payerKey: string): void {
  const known = new Set(before.map(({ id }) => id));
  const twin = now.find((it) => it.payerKey === payerKey && isLive(it) && !known.has(it.id));
  if (twin !== undefined) throw attemptInProgress(twin);
}
