import { formatBeijing } from './beijing-time.js';
import type { BillPeriod } from './bill-period.js';
import { formatYuan } from './yuan.js';

/** A statement file, line by line, without line ends. */
export type BillLines = Iterable<string>;

/** Text that a spreadsheet must not take for a number: a tab ends it. */
export const text = (value = ''): string => cell(`${value}\t`);

/** Cells with commas, quotes or line ends are quoted as RFC 4180 has it; the rest stands as it is. */
export const cell = (value = ''): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Fen, also negative, as yuan with two decimals. */
export const yuan = (fen: number): string => (fen < 0 ? `-${formatYuan(-fen)}` : formatYuan(fen));

/** `[2019年09月16日 00:00:00]` */
export function billTime(ms: number): string {
  const [year, month, day, time] = formatBeijing(ms).split(/[- ]/);
  return `[${year}年${month}月${day}日 ${time}]`;
}

/** The lines above every list. */
export function billHead(title: string, acct: string, { start, end }: BillPeriod): readonly string[] {
  const span = `#起始日期：${billTime(start)}   终止日期：${billTime(end)}`;
  return [`#${title}`, `#账号：[${acct}]`, span];
}

export const dashed = (title: string, left: number, right: number): string =>
  `#${'-'.repeat(left)}${title}${'-'.repeat(right)}`;
