import { contentHash } from '../content-hash.js';
import type { CoreContext } from '../core-context.js';
import type { Attempt } from '../payment.js';
import type { FriendRequest } from './friend-request.js';

/**
 * A friend is known by a random secret of their browser. What is kept of it is a keyed hash of its own for each request: it says
 * nothing without the secret, and nothing about other requests with it.
 */
export function holderOf(core: CoreContext, { id }: Pick<FriendRequest, 'id'>, visitor: string): string {
  return core.stores.fingerprint(JSON.stringify([id, visitor]));
}

/**
 * Tells a friend's try from any other's: the same browser comes back to its own, and to another when it is somebody else's
 * at the wallet by now, because a wallet takes an order from one of its users only.
 */
export function friendsKey(holder: string, openid: string | undefined): string {
  return `${holder}.${contentHash([openid])}`;
}

export function isTryOf(holder: string, { payerKey }: Pick<Attempt, 'payerKey'>): boolean {
  return payerKey.startsWith(`${holder}.`);
}
