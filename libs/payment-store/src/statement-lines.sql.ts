import type { BeijingDay, ComparedLine, ReconciliationRun, StagedLine, Sums, Unbilled } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { moneyOf } from './payment.rows.js';

type Run = Pick<ReconciliationRun, 'accountId' | 'date' | 'run'>;

/** A batch as one JSON parameter: a thousand rows of values would be fourteen thousand. */
export async function stageLines(client: PrismaClient, run: Run, lines: readonly StagedLine[]): Promise<void> {
  await client.$executeRaw`
    INSERT INTO reconciliation_lines (
      account_id, date, run, position, key, type, reference, provider_reference, refund_reference, amount, currency, fee,
      state, at
    )
    SELECT
      ${run.accountId}, ${run.date}, ${run.run}::int, position, key, type, reference, "providerReference",
      "refundReference", amount, currency, fee, state, at
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS line(
      position int, key text, type text, reference text, "providerReference" text, "refundReference" text, amount bigint,
      currency text, fee bigint, state text, at timestamptz
    )`;
}

/**
 * Tells the planner how many lines there are. Of a table that was empty a minute ago it knows nothing, and would look for
 * each line's twins by going through all of them.
 */
export async function analyzeLines(client: PrismaClient): Promise<void> {
  await client.$executeRaw`ANALYZE reconciliation_lines`;
}

interface SumRow {
  readonly type: StagedLine['type'];
  readonly count: bigint;
  readonly amount: string;
  readonly fees: string;
}

/** Lines in another currency count, and add nothing. NUMERIC, as text: a sum has no upper end. */
export async function sumStaged(client: PrismaClient, { accountId, date, run }: Run): Promise<Sums> {
  const rows = await client.$queryRaw<SumRow[]>`
    SELECT type, count(*) AS count,
      coalesce(sum(amount) FILTER (WHERE currency = 'CNY'), 0)::text AS amount,
      coalesce(sum(fee) FILTER (WHERE currency = 'CNY'), 0)::text AS fees
    FROM reconciliation_lines
    WHERE account_id = ${accountId} AND date = ${date} AND run = ${run}::int
    GROUP BY type`;
  const of = (type: string) => {
    const row = rows.find((it) => it.type === type);
    return { count: Number(row?.count ?? 0n), amount: BigInt(row?.amount ?? 0) };
  };
  const fees = rows.reduce((sum, row) => sum + BigInt(row.fees), 0n);
  return { payments: of('payment'), refunds: of('refund'), fees };
}

interface ComparedRow {
  readonly position: number;
  readonly key: string;
  readonly type: StagedLine['type'];
  readonly reference: string;
  readonly provider_reference: string;
  readonly refund_reference: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly fee: bigint;
  readonly state: NonNullable<StagedLine['state']> | null;
  readonly at: Date;
  readonly copy: bigint;
  readonly reversed: boolean;
  readonly attempt: ComparedLine['attempt'] | null;
  readonly capture: OursJson | null;
  readonly refund: (OursJson & { readonly status: NonNullable<ComparedLine['refund']>['status'] }) | null;
}

/** Ours as JSON: fen as text, because a JSON number would go through a double; times as RFC 3339. */
interface OursJson {
  readonly id: string;
  readonly amount: string;
  readonly currency: string;
  readonly paidAt: string;
  readonly createdAt: string;
  readonly succeededAt: string | null;
  readonly billedOn: BeijingDay | null;
}

/**
 * A page of lines, each beside what we hold under its numbers: index look-ups only, so a page costs the same in a small
 * statement and in a large one. Ours is what an attempt of this account brought; anything else under the number is nobody's.
 */
export async function compareAfter(
  client: PrismaClient,
  { accountId, date, run }: Run,
  position: number,
  limit: number,
): Promise<readonly ComparedLine[]> {
  const rows = await client.$queryRaw<ComparedRow[]>`
    SELECT line.position, line.key, line.type, line.reference, line.provider_reference, line.refund_reference, line.amount,
      line.currency, line.fee, line.state, line.at, earlier.copy, coalesce(reversal.reversed, false) AS reversed,
      CASE WHEN attempt.id IS NULL THEN NULL ELSE
        jsonb_build_object('id', attempt.id, 'paymentId', attempt.payment_id, 'status', attempt.status) END AS attempt,
      CASE WHEN capture.id IS NULL THEN NULL ELSE
        jsonb_build_object('id', capture.id, 'amount', capture.amount::text, 'currency', capture.currency,
          'paidAt', capture.paid_at, 'billedOn', capture_listing.date) END AS capture,
      CASE WHEN refund.id IS NULL THEN NULL ELSE
        jsonb_build_object('id', refund.id, 'amount', refund.amount::text, 'currency', refund.currency,
          'status', refund.status, 'createdAt', refund.created_at, 'succeededAt', refund.succeeded_at,
          'billedOn', refund_listing.date) END AS refund
    FROM (
      SELECT * FROM reconciliation_lines
      WHERE account_id = ${accountId} AND date = ${date} AND run = ${run}::int AND position > ${position}::int
      ORDER BY position LIMIT ${limit}::int
    ) AS line
    CROSS JOIN LATERAL (
      SELECT count(*) AS copy FROM reconciliation_lines AS other
      WHERE other.account_id = ${accountId} AND other.date = ${date} AND other.run = ${run}::int
        AND other.key = line.key AND other.position < line.position
    ) AS earlier
    LEFT JOIN attempts AS attempt ON attempt.reference = line.reference AND attempt.account_id = ${accountId}
    LEFT JOIN captures AS capture ON capture.provider = attempt.provider AND capture.account_id = ${accountId}
      AND capture.provider_reference = line.provider_reference AND capture.attempt_id = attempt.id
    LEFT JOIN refunds AS refund ON refund.reference = line.refund_reference AND refund.capture_id = capture.id
    LEFT JOIN statement_listings AS capture_listing ON capture_listing.subject_id = capture.id
    LEFT JOIN statement_listings AS refund_listing ON refund_listing.subject_id = refund.id
    LEFT JOIN LATERAL (
      SELECT true AS reversed FROM reconciliation_lines AS other
      WHERE capture.id IS NULL AND attempt.id IS NOT NULL
        AND other.account_id = ${accountId} AND other.date = ${date} AND other.run = ${run}::int
        AND other.key = CASE line.type
          WHEN 'payment' THEN 'refund:' || line.provider_reference || ':' || line.reference
          ELSE 'payment:' || line.provider_reference END
        AND other.amount = line.amount AND (line.type = 'payment' OR line.refund_reference = line.reference)
        AND coalesce(line.state, other.state) = 'succeeded'
      LIMIT 1
    ) AS reversal ON true
    ORDER BY line.position`;
  return rows.map(comparedOf);
}

function comparedOf(row: ComparedRow): ComparedLine {
  const { position, key, type, reference, currency, at, reversed, attempt, capture, refund } = row;
  return {
    position,
    key,
    type,
    reference,
    currency,
    at,
    reversed,
    providerReference: row.provider_reference,
    amount: Number(row.amount),
    fee: Number(row.fee),
    copy: Number(row.copy),
    ...(row.refund_reference !== null && { refundReference: row.refund_reference }),
    ...(row.state !== null && { state: row.state }),
    ...(attempt && { attempt }),
    ...(capture && { capture: { ...oursOf(capture), paidAt: new Date(capture.paidAt) } }),
    ...(refund && { refund: refundOf(refund) }),
  };
}

function oursOf({ id, amount, currency, billedOn }: OursJson) {
  return { id, amount: moneyOf(BigInt(amount), currency), ...(billedOn !== null && { billedOn }) };
}

function refundOf(json: NonNullable<ComparedRow['refund']>): NonNullable<ComparedLine['refund']> {
  const { status, createdAt, succeededAt } = json;
  return {
    ...oursOf(json),
    status,
    createdAt: new Date(createdAt),
    ...(succeededAt !== null && { succeededAt: new Date(succeededAt) }),
  };
}

interface UnbilledRow {
  readonly id: string;
  readonly payment_id: string;
  readonly attempt_id: string;
  readonly reference: string;
  readonly provider_reference: string;
  readonly refund_reference: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly begun: Date;
  readonly done: Date;
}

/** Money of ours in a window of time that no statement lists, by id. */
export async function unbilled(
  client: PrismaClient,
  accountId: string,
  { from, until }: { readonly from: Date; readonly until: Date },
  type: Unbilled['type'],
  after: string,
  limit: number,
): Promise<readonly Unbilled[]> {
  const rows =
    type === 'payment'
      ? await client.$queryRaw<UnbilledRow[]>`
          SELECT capture.id, capture.payment_id, capture.attempt_id, attempt.reference, capture.provider_reference,
            NULL AS refund_reference, capture.amount, capture.currency, capture.paid_at AS begun, capture.paid_at AS done
          FROM captures AS capture JOIN attempts AS attempt ON attempt.id = capture.attempt_id
          WHERE capture.account_id = ${accountId}
            AND NOT EXISTS (SELECT FROM statement_listings AS listing WHERE listing.subject_id = capture.id)
            AND capture.paid_at >= ${from}::timestamptz AND capture.paid_at < ${until}::timestamptz AND capture.id > ${after}
          ORDER BY capture.id LIMIT ${limit}::int`
      : await client.$queryRaw<UnbilledRow[]>`
          SELECT refund.id, refund.payment_id, capture.attempt_id, attempt.reference, capture.provider_reference,
            refund.reference AS refund_reference, refund.amount, refund.currency,
            least(refund.created_at, refund.succeeded_at) AS begun, refund.succeeded_at AS done
          FROM refunds AS refund
          JOIN captures AS capture ON capture.id = refund.capture_id AND capture.account_id = ${accountId}
          JOIN attempts AS attempt ON attempt.id = capture.attempt_id
          WHERE refund.status = 'succeeded'
            AND NOT EXISTS (SELECT FROM statement_listings AS listing WHERE listing.subject_id = refund.id)
            AND refund.succeeded_at >= ${from}::timestamptz AND refund.succeeded_at < ${until}::timestamptz
            AND refund.id > ${after}
          ORDER BY refund.id LIMIT ${limit}::int`;
  return rows.map((row) => unbilledOf(type, row));
}

function unbilledOf(type: Unbilled['type'], row: UnbilledRow): Unbilled {
  return {
    type,
    id: row.id,
    paymentId: row.payment_id,
    attemptId: row.attempt_id,
    reference: row.reference,
    providerReference: row.provider_reference,
    ...(row.refund_reference !== null && { refundReference: row.refund_reference }),
    amount: moneyOf(row.amount, row.currency),
    from: row.begun,
    until: row.done,
  };
}

/** Rows of one statement at most: every statement here takes milliseconds, whatever the day's size. */
const SWEEP = 20_000;

/** Takes away the lines of this run and of those before it. */
export async function dropLines(client: PrismaClient, { accountId, date, run }: Run): Promise<void> {
  await inSweeps(
    () => client.$executeRaw`
      DELETE FROM reconciliation_lines WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM reconciliation_lines
        WHERE account_id = ${accountId} AND date = ${date} AND run <= ${run}::int LIMIT ${SWEEP}::int
      ))`,
  );
}

/** Notes what the day's statement lists. What another day's lists stays there: a second listing is a duplicate. */
export async function mark(
  client: PrismaClient,
  { accountId, date }: Pick<Run, 'accountId' | 'date'>,
  subjectIds: readonly string[],
): Promise<void> {
  if (subjectIds.length === 0) return;
  await client.$executeRaw`
    INSERT INTO statement_listings (subject_id, account_id, date)
    SELECT id, ${accountId}, ${date} FROM unnest(${[...subjectIds]}::text[]) AS id
    ON CONFLICT (subject_id) DO NOTHING`;
}

/** Forgets what the day's statement lists. */
export async function unmark(
  client: PrismaClient,
  { accountId, date }: Pick<Run, 'accountId' | 'date'>,
): Promise<void> {
  await inSweeps(
    () => client.$executeRaw`
      DELETE FROM statement_listings WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM statement_listings WHERE account_id = ${accountId} AND date = ${date} LIMIT ${SWEEP}::int
      ))`,
  );
}

async function inSweeps(sweep: () => Promise<number>): Promise<void> {
  while ((await sweep()) === SWEEP);
}
