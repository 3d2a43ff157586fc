import type { Payment } from '@hutong/payment-core';
import type { GatewayReply } from '../../http/request.js';
import type { Visitor } from '../visitor.js';

/** What the payer handed the payment to somebody else with. */
export interface FriendChoice {
  readonly payment: Payment;
  readonly method: string;
  readonly visitor: Visitor;
}

/**
 * Answers the choice of a friend-pay method by making a request to a friend and leading to it. This release has none:
 * undefined makes the cashier say where such a request can be made.
 */
export type FriendHandOver = (choice: FriendChoice, reply: GatewayReply) => Promise<void> | undefined;

export const handOverToFriend: FriendHandOver = () => undefined;
