import type { Invariant as Described } from '@hutong/payment-core';
import type { Prisma } from '../generated/client.js';

/** What a query may have to know beside the rows. */
export interface Moment {
  /** Business time. */
  readonly now: Date;
  /** Before this, what is due should have been done. */
  readonly overdue: Date;
}

/** A rule and the rows that break it. */
export interface Invariant extends Described {
  /** One row per breach, as `id` and `detail`, both text; in any order. */
  readonly breaches: (moment: Moment) => Prisma.Sql;
}
