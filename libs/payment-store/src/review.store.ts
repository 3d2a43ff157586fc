import type { Authorship, ReviewResolution, Review, ReviewQuery, ReviewStore } from '@hutong/payment-core';
import { audited } from './audit-log.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import type { Tx } from './transaction.js';
import { isUniqueViolation } from './unique-violation.js';
import { withoutNulls } from './without-nulls.js';

type ReviewRow = Prisma.EventGetPayload<{ include: { resolution: true } }>;

/** Reviews are events of a kind; `type LIKE` is what the partial index says. */
export class ReviewStoreOnPrisma implements ReviewStore {
  constructor(private readonly client: PrismaClient) {}

  async listReviews(query: ReviewQuery): Promise<readonly Review[]> {
    const ids = await this.client.$queryRaw<{ id: string }[]>`
      SELECT id FROM events
      WHERE type LIKE '%.needs_review' AND ${conditions(query)}
      ORDER BY id LIMIT ${query.limit}::int`;
    const rows = await this.client.event.findMany({
      where: { id: { in: ids.map(({ id }) => id) } },
      include: { resolution: true },
      orderBy: { id: 'asc' },
    });
    return rows.map(reviewOf);
  }

  async findReview(id: string): Promise<Review | undefined> {
    const row = await this.client.event.findUnique({
      where: { id, type: { endsWith: '.needs_review' } },
      include: { resolution: true },
    });
    return row === null ? undefined : reviewOf(row);
  }

  async resolveReview(
    review: Review,
    { action, note, at }: Omit<ReviewResolution, 'actor'>,
    by: Authorship,
  ): Promise<boolean> {
    try {
      return await audited(this.client, async (tx) => {
        const { paymentId } = review;
        // The payment's lock first, as every writer takes it; the count last, when nobody was faster.
        if (paymentId !== undefined) await tx.$queryRaw`SELECT id FROM payments WHERE id = ${paymentId} FOR UPDATE`;
        const row = { eventId: review.id, action, note: note ?? null, actor: by.actor, at };
        await tx.resolution.create({ data: row, select: { eventId: true } });
        if (paymentId !== undefined) await countDown(tx, paymentId);
        const detail = { action, type: review.type, ...review.data };
        const about = { action: 'review.resolved', app: review.app, subject: `review ${review.id}`, detail } as const;
        return { answer: true, note: { ...by, ...about } };
      });
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}

function conditions({ app, status, after }: ReviewQuery): Prisma.Sql {
  const resolved = Prisma.sql`EXISTS (SELECT FROM resolutions WHERE event_id = events.id)`;
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(app === undefined ? [] : [Prisma.sql`app = ${app}`]),
      ...(after === undefined ? [] : [Prisma.sql`id > ${after}`]),
      ...(status === undefined ? [] : [status === 'open' ? Prisma.sql`NOT ${resolved}` : resolved]),
    ],
    ' AND ',
  );
}

async function countDown(tx: Tx, paymentId: string): Promise<void> {
  await tx.payment.update({ where: { id: paymentId }, data: { openReviews: { decrement: 1 } }, select: { id: true } });
}

function reviewOf({ resolution, sequence: _, ...row }: ReviewRow): Review {
  if (resolution === null) return withoutNulls(row) as unknown as Review;
  const { eventId: __, ...rest } = resolution;
  return { ...withoutNulls(row), resolution: withoutNulls(rest) } as unknown as Review;
}
