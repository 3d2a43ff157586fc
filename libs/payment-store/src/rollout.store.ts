import {
  type AppEvent,
  type AttemptTally,
  type AuditNote,
  type Authorship,
  type RolloutHold,
  type RolloutStore,
} from '@hutong/payment-core';
import { audited } from './audit-log.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { isUniqueViolation } from './unique-violation.js';

export class RolloutStoreOnPrisma implements RolloutStore {
  constructor(private readonly client: PrismaClient) {}

  async listHolds(app: string): Promise<readonly RolloutHold[]> {
    const rows = await this.client.rolloutHold.findMany({ where: { app, releasedAt: null }, orderBy: { id: 'asc' } });
    return rows.map(({ releasedAt: _, ...row }) => row as RolloutHold);
  }

  async hold(hold: RolloutHold, event: AppEvent, by: Authorship): Promise<boolean> {
    try {
      return await audited(this.client, async (tx) => {
        await tx.rolloutHold.create({ data: hold, select: { id: true } });
        await tx.event.create({ data: { ...event, data: event.data as Prisma.InputJsonObject }, select: { id: true } });
        const { app, method, heldAt, cause, paid, failed } = hold;
        const detail = { method, held_at: heldAt.toISOString(), cause, paid, failed };
        return { answer: true, note: { ...by, action: 'rollout.held', app, subject: `rollout of ${method}`, detail } };
      });
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  release(app: string, method: string, at: Date, by: Authorship): Promise<boolean> {
    return audited(this.client, async (tx) => {
      const { count } = await tx.rolloutHold.updateMany({
        where: { app, method, releasedAt: null },
        data: { releasedAt: at },
      });
      const note: AuditNote = {
        ...by,
        action: 'rollout.released',
        app,
        subject: `rollout of ${method}`,
        detail: { method, released_at: at.toISOString() },
      };
      return count === 0 ? { answer: false } : { answer: true, note };
    });
  }

  async lastReleased(app: string, method: string): Promise<Date | undefined> {
    const { _max } = await this.client.rolloutHold.aggregate({ where: { app, method }, _max: { releasedAt: true } });
    return _max.releasedAt ?? undefined;
  }

  async tally(app: string, method: string, since: Date): Promise<AttemptTally> {
    const counts = await this.client.attempt.groupBy({
      by: ['status'],
      where: { app, method, createdAt: { gte: since }, status: { in: ['paid', 'failed'] } },
      _count: true,
    });
    const of = (status: string): number => counts.find((it) => it.status === status)?._count ?? 0;
    return { paid: of('paid'), failed: of('failed') };
  }
}
