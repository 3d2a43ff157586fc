import type { NewEvent } from '../event.js';
import type { FriendRequest } from '../friends/friend-request.js';
import type { Attempt } from '../payment.js';

/** What came of inserting a request, decided under the payment's row lock. */
export type FriendRequestInserted =
  | { readonly outcome: 'inserted' }
  /** Another request of this payment and method is open. */
  | { readonly outcome: 'stands'; readonly request: FriendRequest }
  | { readonly outcome: 'payment_over' };

/** Whose turn it is to open a try, and how many there were when they looked: two at once don't both get theirs. */
export interface FriendsTurn {
  readonly requestId: string;
  readonly holder: string;
  readonly attemptsSeen: number;
}

/** Requests to friends. Every write is one transaction together with its event, under the payment's row lock. */
export interface FriendRequestStore {
  /** Inserts while the payment is open and no other request of this payment and method is open at `createdAt`. */
  insertRequest(request: FriendRequest, event: NewEvent): Promise<FriendRequestInserted>;
  findRequest(app: string, id: string): Promise<FriendRequest | undefined>;
  findRequestByToken(token: string): Promise<FriendRequest | undefined>;
  findRequestByTextCode(app: string, textCode: string): Promise<FriendRequest | undefined>;
  /** Neither canceled nor past its time at `now`. */
  findOpenRequest(paymentId: string, method: string, now: Date): Promise<FriendRequest | undefined>;
  /**
   * `holder` holds it until `until`, unless it is over or another one holds it: one UPDATE, so of two at once one wins. The
   * event is written when somebody begins to hold it, not when they go on.
   */
  hold(
    request: Pick<FriendRequest, 'id' | 'paymentId'>,
    hold: { readonly holder: string; readonly now: Date; readonly until: Date },
    event: NewEvent,
  ): Promise<boolean>;
  /** Sets `canceled_at`; false when it was set before. */
  cancelRequest(id: string, at: Date, event: NewEvent): Promise<boolean>;
  /**
   * Inserts a `starting` attempt and counts it, while the payment is open, the request is not canceled, `holder` holds it and
   * nobody opened one since; false otherwise.
   */
  openAttempt(attempt: Attempt, event: NewEvent, turn: FriendsTurn): Promise<boolean>;
}
