import type { Authorship } from '../audit/audit-entry.js';
import type { AppEvent } from '../event.js';
import type { AttemptTally } from '../options/guardrail.js';

/** A staged method that stays at the percentage it had at `heldAt`, until it is released. */
export interface RolloutHold extends AttemptTally {
  readonly id: string;
  readonly app: string;
  readonly method: string;
  /** Business time. */
  readonly heldAt: Date;
  readonly cause: 'guardrail' | 'admin';
}

export interface RolloutStore {
  /** What is held now. */
  listHolds(app: string): Promise<readonly RolloutHold[]>;
  /** Holds it, with its event and its audit entry; false when it is held already. */
  hold(hold: RolloutHold, event: AppEvent, by: Authorship): Promise<boolean>;
  /** Lets the steps go on; false when nothing is held. */
  release(app: string, method: string, at: Date, by: Authorship): Promise<boolean>;
  /** When it was released last, in business time. */
  lastReleased(app: string, method: string): Promise<Date | undefined>;
  /** How the attempts of a method that were opened since then ended. */
  tally(app: string, method: string, since: Date): Promise<AttemptTally>;
}
