import type { LedgerLine } from '@hutong/payment-core';
import type { CheckConfiguration } from '../check-configuration.js';
import { CannotRun } from '../configuration.js';
import type { Finding } from './violations.js';

/** A trade as the sandbox's books show it. Fen. */
export interface BookedTrade {
  readonly provider: string;
  readonly reference: string;
  readonly amount: number;
  readonly refunded: number;
  /** Null until it was paid, whatever became of it since. */
  readonly paid_at: string | null;
}

/** A refund there. `reference`: the number that we gave it. */
export interface BookedRefund {
  readonly provider: string;
  readonly trade: string;
  readonly reference: string;
  readonly amount: number;
  readonly state: string;
}

export interface Books {
  readonly trades: readonly BookedTrade[];
  readonly refunds: readonly BookedRefund[];
}

const PAGE = 500;
/** Where we say that no money came. */
const OVER: readonly string[] = ['failed', 'closed'];

/** @throws CannotRun when no sandbox answers */
export async function sandboxBooks(sandboxUrl: string): Promise<Books> {
  try {
    const response = await fetch(`${sandboxUrl}/__sandbox/books`, { signal: AbortSignal.timeout(30_000) });
    if (response.ok) return (await response.json()) as Books;
  } catch {
    // Said below, in the same words.
  }
  throw new CannotRun(
    `No sandbox shows its books at ${sandboxUrl}: start it, or say where it is with SANDBOX_PUBLIC_URL.`,
  );
}

/** Holds our ledger against books that our code cannot write: the money to the fen, every refund, every end. */
export async function* comparedWith(
  { trades, refunds }: Books,
  check: Pick<CheckConfiguration, 'ledger'>,
): AsyncGenerator<Finding> {
  const byNumber = new Map(trades.map((trade) => [numberOf(trade.provider, trade.reference), trade]));
  const sent = Map.groupBy(refunds, ({ provider, trade }) => numberOf(provider, trade));
  for (let after = ''; ;) {
    const page = await check.ledger({ after, limit: PAGE });
    for (const line of page) {
      const number = numberOf(line.provider, line.reference);
      yield* differences(line, byNumber.get(number), sent.get(number) ?? []);
    }
    if (page.length < PAGE) break;
    after = page.at(-1)!.reference;
  }
}

function numberOf(provider: string, reference: string): string {
  return `${provider} ${reference}`;
}

function* differences(
  line: LedgerLine,
  trade: BookedTrade | undefined,
  booked: readonly BookedRefund[],
): Generator<Finding> {
  const id = line.reference;
  const paidThere = trade === undefined || trade.paid_at === null ? 0 : trade.amount;
  if (paidThere > 0 && line.captured === 0 && OVER.includes(line.status))
    yield { invariant: 'I-10', id, detail: `${line.status} here, and ${paidThere} fen were paid at ${line.provider}` };
  else if (paidThere !== line.captured)
    yield { invariant: 'I-01', id, detail: `${line.captured} fen came in here, ${paidThere} at ${line.provider}` };
  const refundedHere = sumOf(line.refunds.filter(({ status }) => status === 'succeeded'));
  const refundedThere = trade?.refunded ?? 0;
  if (refundedHere !== refundedThere)
    yield { invariant: 'I-01', id, detail: `${refundedHere} fen went back here, ${refundedThere} at ${line.provider}` };
  yield* strangeNumbers(line, booked);
}

/** One refund here is one number there: none that we never gave out, none twice. */
function* strangeNumbers(
  { reference: id, refunds, provider }: LedgerLine,
  booked: readonly BookedRefund[],
): Generator<Finding> {
  const ours = new Set(refunds.map(({ reference }) => reference));
  for (const [number, same] of Map.groupBy(booked, ({ reference }) => reference)) {
    if (!ours.has(number))
      yield { invariant: 'I-07', id, detail: `${provider} has refund ${number}, which is not ours` };
    if (same.length > 1)
      yield { invariant: 'I-07', id, detail: `${provider} has refund ${number} ${same.length} times` };
  }
}

function sumOf(amounts: readonly { readonly amount: number }[]): number {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}
