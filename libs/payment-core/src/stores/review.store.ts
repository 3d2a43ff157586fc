import type { Authorship } from '../audit/audit-entry.js';

export const REVIEW_ACTIONS = ['recheck', 'retry', 'dismiss'] as const;
export type ReviewAction = (typeof REVIEW_ACTIONS)[number];

/** What a person did about a review. */
export interface ReviewResolution {
  /** `recheck`: its provider was asked and settled it; `retry`: a refund was sent again; `dismiss`: dealt with elsewhere. */
  readonly action: ReviewAction;
  readonly note?: string;
  readonly actor: string;
  readonly at: Date;
}

/** An event of type `*.needs_review`; open while it has no resolution. */
export interface Review {
  /** The event's. */
  readonly id: string;
  readonly type: string;
  readonly app: string;
  readonly paymentId?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly resolution?: ReviewResolution;
}

export interface ReviewQuery {
  readonly app?: string;
  readonly status?: 'open' | 'resolved';
  /** The id of the last one that the caller has. */
  readonly after?: string;
  readonly limit: number;
}

export interface ReviewStore {
  /** Oldest first. */
  listReviews(query: ReviewQuery): Promise<readonly Review[]>;
  findReview(id: string): Promise<Review | undefined>;
  /** With its audit entry; false when it is resolved already. */
  resolveReview(review: Review, resolution: Omit<ReviewResolution, 'actor'>, by: Authorship): Promise<boolean>;
}
