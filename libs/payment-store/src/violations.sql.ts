import type { Violation, ViolationQuery } from '@hutong/payment-core';
import { Prisma, type PrismaClient } from './generated/client.js';
import { INVARIANTS } from './invariants/invariants.js';
import { atomically, type Tx } from './transaction.js';

/** Whole tables are read, once, by somebody who waits for it. */
const MAY_TAKE_MS = 120_000;

/**
 * A page of rows that break an invariant, what is wrong with one row in one line. The transaction cannot write: a check that
 * changed what it looks at would prove nothing.
 * @throws RangeError when there is no such invariant
 */
export async function violations(
  client: PrismaClient,
  id: string,
  { now, horizonMs, after, limit }: ViolationQuery,
): Promise<readonly Violation[]> {
  const invariant = INVARIANTS.find((it) => it.id === id);
  if (invariant === undefined) throw new RangeError(`There is no invariant ${id}.`);
  const breaches = invariant.breaches({ now, overdue: new Date(now.getTime() - horizonMs) });
  const patience = { timeout: MAY_TAKE_MS, maxWait: 15_000 };
  return atomically(client, (tx) => page(tx, breaches, after, limit), patience);
}

async function page(tx: Tx, breaches: Prisma.Sql, after: string, limit: number): Promise<Violation[]> {
  await tx.$executeRaw`SET TRANSACTION READ ONLY`;
  await tx.$queryRaw`SELECT set_config('statement_timeout', ${String(MAY_TAKE_MS)}, true)`;
  return tx.$queryRaw<Violation[]>`
    SELECT breach.id::text AS id, string_agg(breach.detail, '; ' ORDER BY breach.detail) AS detail
    FROM (${breaches}) AS breach
    WHERE breach.id::text COLLATE "C" > ${after}
    GROUP BY breach.id ORDER BY breach.id::text COLLATE "C" LIMIT ${limit}::int`;
}
