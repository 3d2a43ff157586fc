import type {
  AppEvent,
  BeijingDay,
  Difference,
  DifferenceCount,
  NewEvent,
  ReconciliationRun,
} from '@hutong/payment-core';
import { lockPayment, writeEvent } from './event-sequence.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { Abandon, atomically, type Tx } from './transaction.js';
import { withoutNulls } from './without-nulls.js';

/** A difference that an earlier run found keeps its id, its day and what was done; this run's words replace the others. */
export async function addDifferences(
  client: PrismaClient,
  { accountId, date, run }: ReconciliationRun,
  differences: readonly Difference[],
): Promise<void> {
  if (differences.length === 0) return;
  await client.$executeRaw`
    INSERT INTO reconciliation_differences (
      id, account_id, date, run, kind, key, subject, reference, provider_reference, refund_reference, payment_id,
      attempt_id, refund_id, ours, theirs, resolution, found_at
    )
    SELECT
      id, ${accountId}, ${date}, ${run}::int, kind, key, subject, reference, "providerReference", "refundReference",
      "paymentId", "attemptId", "refundId", ours, theirs, resolution, "foundAt"
    FROM jsonb_to_recordset(${JSON.stringify(differences)}::jsonb) AS found(
      id text, kind text, key text, subject text, reference text, "providerReference" text, "refundReference" text,
      "paymentId" text, "attemptId" text, "refundId" text, ours jsonb, theirs jsonb, resolution text,
      "foundAt" timestamptz
    )
    ON CONFLICT (account_id, date, kind, key) DO UPDATE SET
      run = greatest(reconciliation_differences.run, EXCLUDED.run), ours = EXCLUDED.ours, theirs = EXCLUDED.theirs,
      payment_id = EXCLUDED.payment_id, attempt_id = EXCLUDED.attempt_id, refund_id = EXCLUDED.refund_id`;
}

/** The event and the word that it was told stand or fall together, under the payment's lock where there is one. */
export function reviewDifference(
  client: PrismaClient,
  id: string,
  event: NewEvent | AppEvent,
  at: Date,
): Promise<boolean> {
  return atomically(client, (tx) => review(tx, id, event, at));
}

async function review(tx: Tx, id: string, event: NewEvent | AppEvent, at: Date): Promise<boolean> {
  const sequence = 'paymentId' in event ? await lockPayment(tx, event.paymentId) : undefined;
  const { count } = await tx.reconciliationDifference.updateMany({
    where: { id, OR: [{ resolution: null }, { resolution: 'unanswered' }] },
    data: { resolution: 'review', resolvedAt: at },
  });
  if (count === 0) throw new Abandon(false);
  if ('paymentId' in event) await writeEvent(tx, event, sequence!);
  else await tx.event.create({ data: { ...event, data: event.data as Prisma.InputJsonObject }, select: { id: true } });
  return true;
}

/** Only what each day's newest run found. */
export async function countDifferences(
  client: PrismaClient,
  accountIds: readonly string[],
  from: BeijingDay,
  until: BeijingDay,
): Promise<readonly DifferenceCount[]> {
  const rows = await client.$queryRaw<(Omit<DifferenceCount, 'count' | 'resolution'> & CountRow)[]>`
    SELECT found.account_id AS "accountId", found.date, found.kind, found.resolution, count(*)::int AS count
    FROM reconciliation_differences AS found
    JOIN reconciliations AS day
      ON day.account_id = found.account_id AND day.date = found.date AND day.run = found.run
    WHERE found.account_id = ANY(${[...accountIds]}::text[]) AND found.date >= ${from} AND found.date <= ${until}
    GROUP BY 1, 2, 3, 4`;
  return rows.map((row) => withoutNulls(row) as DifferenceCount);
}

interface CountRow {
  readonly resolution: DifferenceCount['resolution'] | null;
  readonly count: number;
}
