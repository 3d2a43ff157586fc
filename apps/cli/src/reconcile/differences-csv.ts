import type { DifferenceDocument } from '@hutong/payment-core';
import { yuan } from './report-text.js';

const COLUMNS = [
  'kind',
  'subject',
  'resolution',
  'current',
  'reference',
  'provider_reference',
  'refund_reference',
  'payment_id',
  'attempt_id',
  'refund_id',
] as const;

const SIDES = ['ours', 'theirs'] as const;
const SIDE_COLUMNS = ['amount', 'currency', 'state', 'at'] as const;

/** Differences as a table for spreadsheets (RFC 4180, with a byte order mark, so that they read it as UTF-8). Amounts are in yuan. */
export function differencesCsv(differences: readonly DifferenceDocument[]): string {
  const head = [...COLUMNS, ...SIDES.flatMap((side) => SIDE_COLUMNS.map((name) => `${side}_${name}`)), 'found_at'];
  const rows = differences.map((it) => [
    ...COLUMNS.map((name) => String(it[name] ?? '')),
    ...SIDES.flatMap((side) => sideCells(it[side])),
    it.found_at,
  ]);
  return `\uFEFF${[head, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function sideCells(side: DifferenceDocument['ours']): readonly string[] {
  return side === null ? ['', '', '', ''] : [yuan(side.amount), side.currency, side.state ?? '', side.at];
}

/** Where a spreadsheet would begin to calculate. Numbers of ours that are below zero are numbers, and may. */
const FORMULA = /^[\s]*[=+\-@\t\r|%＝＋－＠]/u;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** A cell that every spreadsheet shows as it is written: what looks like a formula begins with an apostrophe instead. */
export function csvCell(text: string): string {
  const plain = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
