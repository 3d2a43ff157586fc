import { randomBytes } from 'node:crypto';
import { ownersScene, refuseUnlessOpenTo } from '../choose-wallet.js';
import { contentHash } from '../content-hash.js';
import type { CoreContext } from '../core-context.js';
import { newId } from '../ids.js';
import { refuseUnlessOpen } from '../open-attempt.js';
import { eventOf } from '../payment-events.js';
import type { Payment } from '../payment.js';
import { conflict, invalid, notFound } from '../problem.js';
import type { FriendRequest, FriendRequestRecord } from './friend-request.js';
import { recordOf } from './show-friend-request.js';
import { newTextCode } from './text-code.js';

/** Characters of the owner's line to the friend. */
export const MAX_MESSAGE = 120;

export interface FriendRequestOrder {
  readonly app: string;
  readonly paymentId: string;
  readonly method: string;
  readonly message?: string;
  /** Seconds; without it, and past it, the payment's expiry counts. */
  readonly expiresIn?: number;
}

/**
 * Makes a request to a friend: a link and a text code by which somebody else pays an open payment. One may be open per payment
 * and method; the same content answers it again.
 * @throws PaymentProblem with the reason code when the policy refuses the owner this method, `friend_request_open`,
 * `payment_already_paid`, `payment_closed`; 400 when it is no method by which a friend pays
 */
export async function createFriendRequest(
  core: CoreContext,
  order: FriendRequestOrder,
): Promise<{ created: boolean; record: FriendRequestRecord }> {
  refuseUnlessFriendsMethod(core, order.method);
  const payment = (await core.stores.payments.findPayment(order.app, order.paymentId))?.payment;
  if (payment === undefined) throw notFound('payment');
  refuseUnlessOpen(payment, core.clock.now());
  await refuseUnlessOpenTo(core, payment, { method: order.method, scene: ownersScene(payment) });
  const draft = draftOf(core, payment, order);
  const request = await insert(core, draft);
  return { created: request.id === draft.id, record: await recordOf(core, request) };
}

function refuseUnlessFriendsMethod(core: CoreContext, method: string): void {
  if (core.providers.method(method)?.handsOver === 'friend_request') return;
  const friends = core.providers.methods().filter(({ handsOver }) => handsOver === 'friend_request');
  throw invalid('/method', `must be one of ${friends.map(({ id }) => id).join(', ') || 'none here'}.`);
}

function draftOf(core: CoreContext, payment: Payment, order: FriendRequestOrder): FriendRequest {
  const { method, message, expiresIn } = order;
  const now = core.clock.now();
  const end = expiresIn === undefined ? Infinity : now.getTime() + expiresIn * 1_000;
  return {
    id: newId('fr', now),
    app: payment.app,
    paymentId: payment.id,
    method,
    ...(message !== undefined && { message }),
    contentHash: contentHash({ method, message, expiresIn }),
    token: randomBytes(24).toString('base64url'),
    textCode: newTextCode(),
    createdAt: now,
    expiresAt: new Date(Math.min(end, payment.expiresAt.getTime())),
    attemptCount: 0,
  };
}

async function insert(core: CoreContext, draft: FriendRequest): Promise<FriendRequest> {
  const data = { friend_request_id: draft.id, method: draft.method, expires_at: draft.expiresAt.toISOString() };
  const event = eventOf('friend_request.created', draft, data, draft.createdAt);
  const inserted = await core.stores.friends.insertRequest(draft, event);
  if (inserted.outcome === 'inserted') return draft;
  if (inserted.outcome === 'stands') return sameOrRefuse(draft, inserted.request);
  const record = await core.stores.payments.loadPayment(draft.paymentId);
  if (record !== undefined) refuseUnlessOpen(record.payment, core.clock.now());
  throw conflict('payment_closed', 'This payment is no longer open.');
}

function sameOrRefuse(draft: FriendRequest, standing: FriendRequest): FriendRequest {
  if (standing.contentHash === draft.contentHash) return standing;
  const detail = `Request ${standing.id} of this payment is open with other content; cancel it first.`;
  throw conflict('friend_request_open', detail, { friend_request_id: standing.id });
}
