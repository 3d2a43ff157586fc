/** One line of a bill: a text for each column. */
export type BillRow = readonly string[];

/** The four parts of a bill: what its rows and its sums are, and the rows (protocol §7). */
export interface BillTable {
  readonly columns: readonly string[];
  readonly rows: Iterable<BillRow>;
  readonly sumColumns: readonly string[];
  /** Read after the last row. */
  sums(): BillRow;
}

const LINES_PER_CHUNK = 2_000;

/** The file, UTF-8, in pieces of some hundred kilobytes: a day may have a hundred thousand trades. */
export function* billText(table: BillTable): Generator<string> {
  let chunk = [table.columns.join(',')];
  for (const row of table.rows) {
    if (chunk.length === LINES_PER_CHUNK) {
      yield `${chunk.join(END)}${END}`;
      chunk = [];
    }
    chunk.push(line(row));
  }
  yield `${[...chunk, table.sumColumns.join(','), line(table.sums())].join(END)}${END}`;
}

/** The documentation does not say how lines end; spreadsheets on Windows open this one. */
const END = '\r\n';

/** Every field of data behind a backtick, which keeps spreadsheets from reading numbers. */
const line = (row: BillRow): string => `\`${row.join(',`')}`;

/** Free text in a bill: nothing in it may look like a separator (protocol §7). */
export const billWords = (text: string): string => text.replaceAll(',', '\\ ').replaceAll(/\r?\n|\r/g, '\\n');

/** Fen as yuan with two decimals; a part of a refund's row may be negative. */
export function billYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
