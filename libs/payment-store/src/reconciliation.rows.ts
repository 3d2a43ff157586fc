import {
  BUCKETS,
  type Bucket,
  type Difference,
  type LineSum,
  type Reconciliation,
  type Sums,
  type Tally,
} from '@hutong/payment-core';
import { Prisma } from './generated/client.js';
import { withoutNulls } from './without-nulls.js';

type ReconciliationRow = Prisma.ReconciliationGetPayload<object>;
type DifferenceRow = Prisma.ReconciliationDifferenceGetPayload<object>;

/** Sums travel as decimal text: JSON's numbers end at 2⁵³. */
type LineSumJson = { readonly count: number; readonly amount: string };
type SumsJson = { readonly payments: LineSumJson; readonly refunds: LineSumJson; readonly fees: string };

export function tallyRow(tally: Tally): Prisma.InputJsonObject {
  return byBucket((bucket) => sumsRow(tally[bucket])) as Prisma.InputJsonObject;
}

function tallyOf(json: Prisma.JsonValue): Tally {
  const rows = json as unknown as Readonly<Record<Bucket, SumsJson>>;
  return byBucket((bucket) => sumsOf(rows[bucket]));
}

function byBucket<T>(of: (bucket: Bucket) => T): Record<Bucket, T> {
  return Object.fromEntries(BUCKETS.map((bucket) => [bucket, of(bucket)])) as Record<Bucket, T>;
}

function sumsRow({ payments, refunds, fees }: Sums): SumsJson {
  const line = ({ count, amount }: LineSum): LineSumJson => ({ count, amount: String(amount) });
  return { payments: line(payments), refunds: line(refunds), fees: String(fees) };
}

function sumsOf({ payments, refunds, fees }: SumsJson): Sums {
  const line = ({ count, amount }: LineSumJson): LineSum => ({ count, amount: BigInt(amount) });
  return { payments: line(payments), refunds: line(refunds), fees: BigInt(fees) };
}

export function reconciliationOf({ tally, leasedUntil: _, ...row }: ReconciliationRow): Reconciliation {
  return { ...withoutNulls(row), ...(tally !== null && { tally: tallyOf(tally) }) } as Reconciliation;
}

export function differenceOf(row: DifferenceRow): Difference {
  return withoutNulls(row) as unknown as Difference;
}
