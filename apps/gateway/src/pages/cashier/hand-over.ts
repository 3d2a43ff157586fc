import type { Payment } from '@hutong/payment-core';
import type { Visitor } from '../visitor.js';
import { cashierPath } from './cashier-url.js';

/** What the payer handed the payment to somebody else with. */
export interface FriendChoice {
  readonly payment: Payment;
  readonly method: string;
  readonly visitor: Visitor;
}

/** Where the payer asks a friend and sees what comes of it: a page of its own inside the cashier. */
export function askFriendHref({ payment, method, visitor }: FriendChoice): string {
  return `${cashierPath(payment)}/friend/${method}${visitor.query}`;
}
