import { OutcomeUnknown, type BilledPayment, type BilledRefund, type BillLine } from '@hutong/payment-port';
import type { ReconciliationStore } from '../stores/reconciliation.store.js';
import { holdDay } from './hold-day.js';
import type { ReconciliationRun, StagedLine } from './reconciliation.js';
import { BATCH } from './reconciliation-plan.js';

/**
 * Reads a statement to its end and keeps its lines, a batch in memory at a time. They are worth nothing before the end: that
 * is where its hash, its sums and its length are held to what it says of itself.
 * @returns how many lines it has
 * @throws whatever the iteration throws; LostRun
 */
export async function stageStatement(
  store: Pick<ReconciliationStore, 'stage' | 'renew'>,
  run: ReconciliationRun,
  lines: AsyncIterable<BillLine>,
): Promise<number> {
  let position = 0;
  let batch: StagedLine[] = [];
  const flush = async (): Promise<void> => {
    await holdDay(store, run);
    await store.stage(run, batch);
    batch = [];
  };
  for await (const line of lines) {
    batch.push(stagedLine(line, ++position));
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return position;
}

function stagedLine(line: BillLine, position: number): StagedLine {
  switch (line.type) {
    case 'payment':
      return { ...tradeOf(line), type: 'payment', position, key: keyOf('payment', line), fee: line.fee?.amount ?? 0 };
    case 'refund':
      return {
        ...tradeOf(line),
        type: 'refund',
        position,
        key: keyOf('refund', line),
        refundReference: line.refundReference,
        fee: 0 - (line.feeReturned?.amount ?? 0),
        state: line.state,
      };
    case 'movement':
      throw new OutcomeUnknown('A statement of trades lists a movement.', { provider: 'statement', operation: 'bill' });
  }
}

function tradeOf({ reference, providerReference, amount, at }: BilledPayment | BilledRefund) {
  return { reference, providerReference, amount: amount.amount, currency: amount.currency, at };
}

/** A trade by their number, a refund by ours within its trade: refund numbers are only unique there on one of the wires. */
function keyOf(type: 'payment', line: BilledPayment): string;
function keyOf(type: 'refund', line: BilledRefund): string;
function keyOf(type: string, line: BilledPayment | BilledRefund): string {
  return line.type === 'payment'
    ? `${type}:${line.providerReference}`
    : `${type}:${line.providerReference}:${line.refundReference}`;
}
