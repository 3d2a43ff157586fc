import { newId } from '../ids.js';
import type { ReconciliationStore } from '../stores/reconciliation.store.js';
import { beginningOf, dayAt, daysFrom } from './beijing-day.js';
import { holdDay } from './hold-day.js';
import { judgeLine, type Moment, type Verdict } from './judge-line.js';
import type { ComparedLine, Difference, DifferenceKind, ReconciliationRun, Side, Unbilled } from './reconciliation.js';
import { AN_HOUR_MS, BATCH, EDGE_MS } from './reconciliation-plan.js';
import { TallyBook } from './tally.js';

/** Holds every line of the statement against our books, page by page. @throws LostRun */
export async function compareTheirs(
  store: ReconciliationStore,
  run: ReconciliationRun,
  moment: Moment,
): Promise<TallyBook> {
  const book = new TallyBook();
  for (let position = 0; ;) {
    const page = await store.compareAfter(run, position, BATCH);
    const judged = page.map((line) => ({ line, verdict: judgeLine(line, moment) }));
    for (const { line, verdict } of judged) book.add(bucketOf(verdict), line);
    await holdDay(store, run);
    await store.addDifferences(
      run,
      judged.flatMap(({ line, verdict }) => differenceOf(run, line, verdict, moment.now)),
    );
    await store.mark(run, listedIn(judged));
    if (page.length < BATCH) return book;
    position = page.at(-1)!.position;
  }
}

function bucketOf(verdict: Verdict): 'matched' | 'in_flight' | 'differences' {
  return verdict === 'matched' || verdict === 'in_flight' ? verdict : 'differences';
}

/** What the statement lists is listed, also where it says another amount: it is one difference then, not two. */
function listedIn(judged: readonly { readonly line: ComparedLine; readonly verdict: Verdict }[]): readonly string[] {
  const listed = judged.filter(({ verdict }) => verdict !== 'duplicate');
  return listed.flatMap(({ line: { type, capture, refund } }) => (type === 'payment' ? capture?.id : refund?.id) ?? []);
}

function differenceOf(run: ReconciliationRun, line: ComparedLine, verdict: Verdict, now: Date): readonly Difference[] {
  if (verdict === 'matched' || verdict === 'in_flight') return [];
  const { attempt, refund, refundReference } = line;
  const ours = line.type === 'payment' ? captureSide(line) : refundSide(line);
  return [
    {
      ...newDifference(run, verdict, line.copy > 0 ? `${line.key}#${line.copy}` : line.key, now),
      subject: line.type,
      reference: line.reference,
      providerReference: line.providerReference,
      ...(refundReference !== undefined && { refundReference }),
      ...(attempt && { attemptId: attempt.id, paymentId: attempt.paymentId }),
      ...(refund && { refundId: refund.id }),
      ...(ours && { ours }),
      theirs: theirSide(line),
      ...(verdict === 'foreign' && { resolution: 'none' }),
    },
  ];
}

function newDifference(run: ReconciliationRun, kind: DifferenceKind, key: string, now: Date) {
  const { accountId, date } = run;
  return { id: newId('dif', now), accountId, date, run: run.run, kind, key, foundAt: now };
}

function theirSide({ amount, currency, state, at }: ComparedLine): Side {
  return { amount, currency, ...(state !== undefined && { state }), at: at.toISOString() };
}

function captureSide({ capture, attempt }: ComparedLine): Side | undefined {
  return capture && { ...capture.amount, state: attempt!.status, at: capture.paidAt.toISOString() };
}

function refundSide({ refund }: ComparedLine): Side | undefined {
  return (
    refund && { ...refund.amount, state: refund.status, at: (refund.succeededAt ?? refund.createdAt).toISOString() }
  );
}

/**
 * Finds money of ours that no statement lists. A day answers for what happened up to an hour before its midnight, and from an
 * hour before the midnight it began with: around midnight the two clocks may name different days, and by then the
 * statements on both sides have been read. What needs a statement that has not been read yet waits for it.
 * @returns how many wait
 */
export async function compareOurs(store: ReconciliationStore, run: ReconciliationRun, moment: Moment): Promise<number> {
  const payments = await compareType(store, run, moment, 'payment');
  return payments + (await compareType(store, run, moment, 'refund'));
}

async function compareType(store: ReconciliationStore, run: ReconciliationRun, moment: Moment, type: Unbilled['type']) {
  let waiting = 0;
  for (const part of partsOf(run.date)) {
    for (let after = ''; ;) {
      const page = await store.unbilled(run.accountId, part, type, after, BATCH);
      const missing = await decidedOf(store, run, page, moment);
      waiting += page.length - missing.length;
      if (page.length > 0) await holdDay(store, run);
      await store.addDifferences(
        run,
        missing.map((it) => missingThere(run, it, moment.now)),
      );
      if (page.length < BATCH) break;
      after = page.at(-1)!.id;
    }
  }
  return waiting;
}

const PARTS = 4;
const PART_MS = 6 * AN_HOUR_MS;

interface Window {
  readonly from: Date;
  readonly until: Date;
}

/** The time that a day answers for, in parts, so that no question to the database takes long on a large day. */
function partsOf(date: string): readonly Window[] {
  const start = beginningOf(date).getTime() - EDGE_MS;
  return Array.from({ length: PARTS }, (_, part) => ({
    from: new Date(start + part * PART_MS),
    until: new Date(start + (part + 1) * PART_MS),
  }));
}

/** Those that every statement which might list them has been read for. */
async function decidedOf(
  store: ReconciliationStore,
  { accountId, date }: ReconciliationRun,
  page: readonly Unbilled[],
  { now, graceMs }: Moment,
): Promise<readonly Unbilled[]> {
  if (page.length === 0) return [];
  const spans = page.map((it) => ({
    it,
    first: dayAt(later(it.from, -EDGE_MS)),
    last: dayAt(later(it.until, EDGE_MS)),
  }));
  const firstOfAll = spans.map(({ first }) => first).toSorted()[0]!;
  const ready = await store.readyDays(accountId, firstOfAll, date);
  const isRead = (day: string): boolean => day === date || ready.has(day);
  return spans
    .filter(({ it, first, last }) => it.until <= later(now, -graceMs) && daysFrom(first, last).every(isRead))
    .map(({ it }) => it);
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

function missingThere(run: ReconciliationRun, it: Unbilled, now: Date): Difference {
  const { type, id, paymentId, attemptId, reference, providerReference, refundReference, amount, until } = it;
  return {
    ...newDifference(run, 'missing_there', `${type}:${id}`, now),
    subject: type,
    reference,
    providerReference,
    ...(refundReference !== undefined && { refundReference }),
    paymentId,
    attemptId,
    ...(type === 'refund' && { refundId: id }),
    ours: { ...amount, state: type === 'payment' ? 'paid' : 'succeeded', at: until.toISOString() },
  };
}
