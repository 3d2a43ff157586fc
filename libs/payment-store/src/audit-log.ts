import { FIRST_LINK, linkHash, type AuditEntry, type AuditNote, type AuditStore } from '@hutong/payment-core';
import type { Prisma, PrismaClient } from './generated/client.js';
import { atomically, type Tx } from './transaction.js';
import { withoutNulls } from './without-nulls.js';

/** Any number will do, as long as nothing else locks it. */
const CHAIN_LOCK = 4_008_801;

/**
 * Does a change of the configuration and writes down who did it, both or neither. `work` answers the note, or none when it
 * found nothing to change. The chain has one end, so its writers stand in line; they are people and their tools.
 */
export function audited<T>(
  client: PrismaClient,
  work: (tx: Tx) => Promise<{ readonly answer: T; readonly note?: AuditNote }>,
): Promise<T> {
  return atomically(client, async (tx) => {
    const { answer, note } = await work(tx);
    if (note !== undefined) await append(tx, note);
    return answer;
  });
}

async function append(tx: Tx, note: AuditNote): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)::text`;
  const last = await tx.auditEntry.findFirst({ orderBy: { sequence: 'desc' }, select: { sequence: true, hash: true } });
  const link = {
    ...note,
    sequence: Number(last?.sequence ?? 0) + 1,
    at: new Date(),
    previousHash: last?.hash ?? FIRST_LINK,
  };
  const detail = note.detail as Prisma.InputJsonObject;
  await tx.auditEntry.create({ data: { ...link, detail, hash: linkHash(link) }, select: { sequence: true } });
}

export class AuditStoreOnPrisma implements AuditStore {
  constructor(private readonly client: PrismaClient) {}

  async listEntries({ app, after, limit }: Parameters<AuditStore['listEntries']>[0]): Promise<readonly AuditEntry[]> {
    const rows = await this.client.auditEntry.findMany({
      where: { sequence: { gt: after }, ...(app === undefined ? {} : { app }) },
      orderBy: { sequence: 'asc' },
      take: limit,
    });
    return rows.map(({ sequence, ...row }) => ({ ...withoutNulls(row), sequence: Number(sequence) }) as AuditEntry);
  }
}
