import type { CheckoutFacts, Impression, ImpressionStore } from '@hutong/payment-core';
import type { Prisma, PrismaClient } from './generated/client.js';

export class ImpressionStoreOnPrisma implements ImpressionStore {
  constructor(private readonly client: PrismaClient) {}

  async addImpression({ facts, shown, ...impression }: Impression): Promise<void> {
    const data = { ...impression, facts: factsRow(facts), shown: [...shown] };
    await this.client.impression.create({ data, select: { id: true } });
  }

  async listImpressions(app: string, paymentId: string): Promise<readonly Impression[]> {
    const rows = await this.client.impression.findMany({ where: { app, paymentId }, orderBy: { id: 'asc' } });
    return rows.map(impressionOf);
  }

  async listImpressionsBetween(query: Parameters<ImpressionStore['listImpressionsBetween']>[0]) {
    const { app, from, until, after, limit } = query;
    const rows = await this.client.impression.findMany({
      where: { app, createdAt: { gte: from, lt: until }, ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(impressionOf);
  }
}

/** JSON has no dates: `now` travels as ISO 8601 text. */
function factsRow(facts: CheckoutFacts): Prisma.InputJsonObject {
  return { ...facts, now: facts.now.toISOString() } as unknown as Prisma.InputJsonObject;
}

function impressionOf({ facts, ...row }: Prisma.ImpressionGetPayload<object>): Impression {
  const kept = facts as unknown as Omit<CheckoutFacts, 'now'> & { readonly now: string };
  return { ...row, facts: { ...kept, now: new Date(kept.now) } };
}
