import type { DifferenceDocument, ReconciliationDocument } from '@hutong/payment-core';
import { plainTable } from '../plain-table.js';

type Sums = NonNullable<ReconciliationDocument['sums']>;

/** How many differences the terminal shows; files have all of them. */
const SHOWN = 50;

/** A day for the terminal. */
export function reportText(report: ReconciliationDocument, differences: readonly DifferenceDocument[]): string {
  const { app, provider, date, status } = report;
  const head = `${provider} of ${app} on ${date}: ${WORDS[status]}`;
  if (report.sums === null) return [head, ...report.accounts.map(accountLine)].join('\n');
  return [head, '', sumTable(report.sums), '', ...leftOver(report), ...differenceLines(differences)].join('\n');
}

const WORDS = {
  ready: 'reconciled',
  running: 'being reconciled',
  not_ready: 'the provider has no statement yet',
  failed: 'the statement could not be read',
} as const;

function accountLine({ account_id, code, next_run_at }: ReconciliationDocument['accounts'][number]): string {
  return [`  ${account_id}`, code, next_run_at && `next try ${next_run_at}`].filter(Boolean).join(', ');
}

function sumTable(sums: Sums): string {
  const rows = (['statement', 'matched', 'differences', 'in_flight'] as const).map((bucket) => {
    const { payments, refunds, fees } = sums[bucket];
    const line = ({ count, amount }: { count: number; amount: number }) => [String(count), yuan(amount)];
    return [bucket.replace('_', ' '), ...line(payments), ...line(refunds), yuan(fees.amount)];
  });
  return plainTable(['', 'payments', 'yuan', 'refunds', 'yuan', 'fees'], rows);
}

function leftOver({ waiting }: ReconciliationDocument): readonly string[] {
  return waiting ? [`${waiting} of ours wait for the statement of another day.`] : [];
}

function differenceLines(differences: readonly DifferenceDocument[]): readonly string[] {
  const current = differences.filter((it) => it.current);
  if (current.length === 0) return ['no differences'];
  const more = current.length > SHOWN ? [`(${current.length - SHOWN} more: --csv FILE has all of them)`] : [];
  const head = ['what', 'of', 'ours', 'theirs', 'done', 'numbers'];
  return [plainTable(head, current.slice(0, SHOWN).map(rowOf), { lined: true }), ...more];
}

function rowOf({ kind, subject, ours, theirs, resolution, ...numbers }: DifferenceDocument): string[] {
  const { reference, provider_reference, refund_reference, payment_id } = numbers;
  const named = [reference, provider_reference, refund_reference, payment_id].filter((it) => it !== null);
  return [kind, subject, sideText(ours), sideText(theirs), resolution ?? 'open', named.map(visible).join('\n')];
}

function sideText(side: DifferenceDocument['ours']): string {
  return side === null ? '–' : [yuan(side.amount), side.state].filter(Boolean).join(' ');
}

/** What a provider's file says must not steer the terminal. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?');
}

/** Exact: digits are moved, nothing is divided. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
