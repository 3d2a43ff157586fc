import type { LineSum, StagedLine, Sums, Tally } from './reconciliation.js';
import { BUCKETS, type Bucket } from './reconciliation.js';

const NOTHING: LineSum = { count: 0, amount: 0n };
export const NO_SUMS: Sums = { payments: NOTHING, refunds: NOTHING, fees: 0n };

/** The statement settles in yuan; a line in anything else counts, and adds nothing. */
const CURRENCY = 'CNY';

/** Adds up a statement as it is gone through, each line in the bucket it belongs to. */
export class TallyBook {
  readonly #sums = new Map<Bucket, Sums>();

  add(bucket: Exclude<Bucket, 'statement'>, line: Pick<StagedLine, 'type' | 'amount' | 'currency' | 'fee'>): void {
    this.#sums.set(bucket, plus(this.#of(bucket), sumsOf(line)));
  }

  /**
   * Beside the sums that the database made of the same lines.
   * @throws Error when they differ: a line would have been lost or counted twice between the two
   */
  heldAgainst(statement: Sums): Tally {
    const here = [this.#of('matched'), this.#of('differences'), this.#of('in_flight')].reduce(plus);
    if (!isSame(here, statement)) throw new Error('The lines that were judged do not add up to the statement.');
    return {
      statement,
      matched: this.#of('matched'),
      differences: this.#of('differences'),
      in_flight: this.#of('in_flight'),
    };
  }

  #of(bucket: Bucket): Sums {
    return this.#sums.get(bucket) ?? NO_SUMS;
  }
}

function sumsOf({ type, amount, currency, fee }: Pick<StagedLine, 'type' | 'amount' | 'currency' | 'fee'>): Sums {
  const [fen, kept] = currency === CURRENCY ? [BigInt(amount), BigInt(fee)] : [0n, 0n];
  const line = { count: 1, amount: fen };
  return type === 'payment'
    ? { payments: line, refunds: NOTHING, fees: kept }
    : { payments: NOTHING, refunds: line, fees: kept };
}

/** Adds two sums. */
export function plus(a: Sums, b: Sums): Sums {
  return {
    payments: { count: a.payments.count + b.payments.count, amount: a.payments.amount + b.payments.amount },
    refunds: { count: a.refunds.count + b.refunds.count, amount: a.refunds.amount + b.refunds.amount },
    fees: a.fees + b.fees,
  };
}

export function isSame(a: Sums, b: Sums): boolean {
  return (
    a.fees === b.fees &&
    a.payments.count === b.payments.count &&
    a.payments.amount === b.payments.amount &&
    a.refunds.count === b.refunds.count &&
    a.refunds.amount === b.refunds.amount
  );
}

/** Several accounts' tallies as one. */
export function tallyOf(tallies: readonly Tally[]): Tally {
  const sum = (bucket: Bucket) => tallies.map((tally) => tally[bucket]).reduce(plus, NO_SUMS);
  return Object.fromEntries(BUCKETS.map((bucket) => [bucket, sum(bucket)])) as unknown as Tally;
}
