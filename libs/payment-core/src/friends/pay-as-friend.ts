import type { Scene } from '@hutong/payment-port';
import type { CoreContext } from '../core-context.js';
import { openAttempt } from '../open-attempt.js';
import type { Attempt, PayerFacts } from '../payment.js';
import { conflict } from '../problem.js';
import type { FriendRequest } from './friend-request.js';
import { friendsKey, holderOf } from './friends-key.js';
import { takeHold } from './hold-friend-request.js';

/** How many tries the friends of one request have together: each is an order at the wallet. */
export const MAX_FRIEND_ATTEMPTS = 10;

export interface FriendsOrder {
  readonly token: string;
  /** The random secret of the friend's browser. */
  readonly visitor: string;
  /** Where the friend stands. */
  readonly scene: Scene;
  /** The friend's own: openid, address, browser. */
  readonly payer: Pick<PayerFacts, 'openid' | 'ip' | 'userAgent' | 'pageUrl' | 'referrerPolicy'>;
}

/**
 * A friend pays: takes hold of the request and opens a try of their own, older ones (the owner's, other friends') out of the way
 * first. The same browser again gets the same attempt while it awaits. Whoever pays second is refunded by the rule for captures.
 * @throws PaymentProblem not_found; 409 `friend_request_held`, `friend_request_canceled`, `friend_request_expired`,
 * `friend_attempts_exhausted`, or as `openAttempt`
 */
export async function payAsFriend(
  core: CoreContext,
  order: FriendsOrder,
): Promise<{ created: boolean; attempt: Attempt }> {
  const request = await takeHold(core, order.token, order.visitor);
  const holder = holderOf(core, request, order.visitor);
  await refuseExhausted(core, request, holder, order);
  return openAttempt(core, {
    app: request.app,
    paymentId: request.paymentId,
    method: request.method,
    scene: order.scene,
    payer: order.payer,
    returnUrl: core.links.friendRequest(request.token),
    friend: { requestId: request.id, holder, attemptsSeen: request.attemptCount, expiresAt: request.expiresAt },
  });
}

/** Past the limit a friend still finds the try that awaits them. */
async function refuseExhausted(
  core: CoreContext,
  request: FriendRequest,
  holder: string,
  { scene, payer }: FriendsOrder,
): Promise<void> {
  if (request.attemptCount < MAX_FRIEND_ATTEMPTS) return;
  const payerKey = friendsKey(holder, payer.openid);
  const attempts = (await core.stores.payments.loadPayment(request.paymentId))?.attempts ?? [];
  if (attempts.some((it) => it.payerKey === payerKey && it.scene === scene && isAwaiting(it, core.clock.now()))) return;
  const detail = `Friends tried ${MAX_FRIEND_ATTEMPTS} times; ask for a new link.`;
  throw conflict('friend_attempts_exhausted', detail, { limit: MAX_FRIEND_ATTEMPTS });
}

function isAwaiting({ status, nextAction }: Attempt, now: Date): boolean {
  return status === 'awaiting_payer' && nextAction !== undefined && nextAction.expiresAt > now;
}
