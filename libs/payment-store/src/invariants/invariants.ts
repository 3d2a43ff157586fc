import { acceptedStays } from './accepted-stays.js';
import { amountsPaid } from './amounts-paid.js';
import { appsApart } from './apps-apart.js';
import { changesWithEvents } from './changes-with-events.js';
import { exactAmounts } from './exact-amounts.js';
import type { Invariant } from './invariant.js';
import { nothingStuck } from './nothing-stuck.js';
import { numbersForEver } from './numbers-for-ever.js';
import { oneAcceptedCapture } from './one-accepted-capture.js';
import { oneNumberPerRefund } from './one-number-per-refund.js';
import { oneObligation } from './one-obligation.js';
import { paidWithProof } from './paid-with-proof.js';
import { pinnedAccounts } from './pinned-accounts.js';
import { refundBound } from './refund-bound.js';
import { statesOnlyForward } from './states-only-forward.js';
import { toldOrDeadLetter } from './told-or-dead-letter.js';
import { unknownIsNotFailed } from './unknown-is-not-failed.js';

/** Each a file of its own: its sentence, and the query that finds what breaks it. */
export const INVARIANTS: readonly Invariant[] = [
  amountsPaid,
  oneAcceptedCapture,
  oneObligation,
  acceptedStays,
  refundBound,
  oneNumberPerRefund,
  paidWithProof,
  statesOnlyForward,
  unknownIsNotFailed,
  changesWithEvents,
  toldOrDeadLetter,
  numbersForEver,
  appsApart,
  nothingStuck,
  exactAmounts,
  pinnedAccounts,
];
