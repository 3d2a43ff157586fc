import type { CoreContext } from '../core-context.js';
import { notFound } from '../problem.js';
import type { Review, ReviewQuery } from '../stores/review.store.js';

type Core = Pick<CoreContext, 'stores'>;

/** What waits for a person, or did: a page, oldest first. */
export async function listReviews(
  { stores }: Core,
  query: ReviewQuery,
): Promise<{ readonly data: readonly Review[]; readonly hasMore: boolean }> {
  const found = await stores.reviews.listReviews({ ...query, limit: query.limit + 1 });
  return { data: found.slice(0, query.limit), hasMore: found.length > query.limit };
}

/** @throws PaymentProblem not_found */
export async function showReview({ stores }: Core, id: string): Promise<Review> {
  const review = await stores.reviews.findReview(id);
  if (review === undefined) throw notFound('review');
  return review;
}
