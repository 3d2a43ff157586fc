import type { Attempt, PaymentRecord } from '../payment.js';

/** A payment's owner asks a friend to pay: what is kept of it. What became of it follows from the payment and the clock. */
export interface FriendRequest {
  readonly id: string;
  readonly app: string;
  readonly paymentId: string;
  readonly method: string;
  /** One line from the owner to the friend. */
  readonly message?: string;
  /** SHA-256 of what was asked for: other content while one is open is a conflict. */
  readonly contentHash: string;
  /** Opaque, 192 bits: the friend page's address. */
  readonly token: string;
  /** As `newTextCode` makes them; unique within the app. */
  readonly textCode: string;
  readonly createdAt: Date;
  /** Never after the payment's. */
  readonly expiresAt: Date;
  readonly canceledAt?: Date;
  /** Who is paying, or was last: a keyed hash of the secret of their browser. */
  readonly holder?: string;
  readonly heldUntil?: Date;
  /** Tries that friends opened. */
  readonly attemptCount: number;
}

/** `claimed`: a friend is about to pay. The last three are for ever: the link is dead. */
export const FRIEND_REQUEST_STATUSES = ['open', 'claimed', 'paid', 'canceled', 'expired'] as const;
export type FriendRequestStatus = (typeof FRIEND_REQUEST_STATUSES)[number];

export const PAID_BY = ['friend', 'other'] as const;
/** Whether the payment was paid by this request's friend, or by somebody else: the owner, the friend of another request. */
export type PaidBy = (typeof PAID_BY)[number];

/** A request with its payment and everything that hangs on it. */
export interface FriendRequestRecord extends PaymentRecord {
  readonly request: FriendRequest;
}

/**
 * How the request stands. A friend's payment counts whatever came later: one who was faster than a cancel or the end of the
 * request's time has paid.
 */
export function statusOf(record: FriendRequestRecord, now: Date): FriendRequestStatus {
  const { request, payment } = record;
  if (paidBy(record) === 'friend') return 'paid';
  if (request.canceledAt !== undefined) return 'canceled';
  if (payment.status === 'paid') return (payment.paidAt ?? now) <= request.expiresAt ? 'paid' : 'expired';
  if (payment.status === 'closed') return payment.closedReason ?? 'expired';
  if (request.expiresAt <= now) return 'expired';
  return isHeld(request, now) ? 'claimed' : 'open';
}

/** Undefined while the payment is not paid. */
export function paidBy({ request, payment, attempts }: FriendRequestRecord): PaidBy | undefined {
  if (payment.status !== 'paid') return undefined;
  const attempt = attempts.find(({ id }) => id === payment.paidWith);
  return attempt?.friendRequestId === request.id ? 'friend' : 'other';
}

/** Whether its link is dead: nobody can pay by it any more. */
export function isOver(status: FriendRequestStatus): boolean {
  return status !== 'open' && status !== 'claimed';
}

export function isHeld({ heldUntil }: FriendRequest, now: Date): boolean {
  return heldUntil !== undefined && heldUntil > now;
}

/** The tries of this request's friends. */
export function friendsAttempts({ request, attempts }: FriendRequestRecord): readonly Attempt[] {
  return attempts.filter(({ friendRequestId }) => friendRequestId === request.id);
}
