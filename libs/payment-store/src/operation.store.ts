import type { Backlog, LedgerLine, OperationStore, Violation, ViolationQuery } from '@hutong/payment-core';
import { backlog } from './backlog.sql.js';
import type { PrismaClient } from './generated/client.js';
import { INVARIANTS } from './invariants/invariants.js';
import { pendingMigrations } from './migrate.js';
import { violations } from './violations.sql.js';

export class OperationStoreOnPrisma implements OperationStore {
  readonly invariants = INVARIANTS.map(({ id, sentence }) => ({ id, sentence }));

  constructor(
    private readonly client: PrismaClient,
    private readonly patient: () => PrismaClient = () => client,
  ) {}

  backlog(now: Date): Promise<Backlog> {
    return backlog(this.client, now);
  }

  pendingMigrations(): Promise<readonly string[]> {
    return pendingMigrations((sql) => this.client.$queryRawUnsafe<Record<string, unknown>[]>(sql));
  }

  violations(id: string, query: ViolationQuery): Promise<readonly Violation[]> {
    return violations(this.patient(), id, query);
  }

  async ledger({ after, limit }: { readonly after: string; readonly limit: number }): Promise<readonly LedgerLine[]> {
    const rows = await this.client.attempt.findMany({
      where: { reference: { gt: after }, provider: { not: null } },
      orderBy: { reference: 'asc' },
      take: limit,
      select: {
        reference: true,
        provider: true,
        paymentId: true,
        status: true,
        captures: {
          select: { amount: true, refunds: { select: { reference: true, amount: true, status: true } } },
        },
      },
    });
    return rows.map(({ captures, provider, ...row }) => ({
      ...row,
      provider: provider!,
      captured: Number(captures.reduce((sum, it) => sum + it.amount, 0n)),
      refunds: captures.flatMap((it) => it.refunds.map(({ amount, ...rest }) => ({ ...rest, amount: Number(amount) }))),
    }));
  }
}
