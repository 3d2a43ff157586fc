import type { PaymentProblem } from '@hutong/payment-core';
import { refusalWords, type RefusalWords } from '../cashier/refusal-words.js';
import type { FriendRefusal } from './friend-page.js';

/** `look`: the page as it stands explains it. `elsewhere`: the wallet does not open here. */
export type AnswerToRefusal = 'look' | 'elsewhere' | FriendRefusal;

const SEEN_ON_THE_PAGE = [
  'attempt_in_progress',
  'friend_request_canceled',
  'friend_request_expired',
  'friend_request_held',
  'payment_already_paid',
  'payment_closed',
];

const OF_WORDS = {
  choose: 'other',
  unavailable: 'unavailable',
  notOffered: 'notOffered',
  amount: 'notOffered',
  environment: 'elsewhere',
  payer: 'payer',
  identity: 'elsewhere',
  friend: 'other',
  other: 'other',
} as const satisfies Record<RefusalWords, AnswerToRefusal>;

/** What a friend is told of a refusal. */
export function answerToRefusal(problem: PaymentProblem): AnswerToRefusal {
  if (SEEN_ON_THE_PAGE.includes(problem.code)) return 'look';
  if (problem.code === 'friend_attempts_exhausted') return 'exhausted';
  return OF_WORDS[refusalWords(problem)];
}
