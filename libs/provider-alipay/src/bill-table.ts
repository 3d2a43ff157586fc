import { signedYuanToFen } from '@hutong/provider-kit';
import { BillColumns, type BillRow } from './bill-columns.js';
import { untrustedBill } from './bill-trust.js';

/** What one closing line (`#退款合计：4笔，商家实收退款共-0.04元`) is about. */
export interface ClosingShape {
  readonly covers: (row: BillRow) => boolean;
  /** The column behind each of its sums; `''` where the line names none. */
  readonly columns: Readonly<Record<string, string>>;
  /** A statement without it is not whole. */
  readonly required: boolean;
}

export interface TableShape {
  readonly columns: readonly string[];
  readonly closings: Readonly<Record<string, ClosingShape>>;
}

/** Whose statement of which day it must be. */
export interface Expected {
  readonly sellerId: string;
  readonly date: string;
}

const ACCOUNT = /^#账号：\[(\d+)\]/;
const FROM = /^#起始日期：\[(\d{4})年(\d\d)月(\d\d)日/;
const END = /^#-+.*列表结束-*$/;
const CLOSING = /^#(\p{Script=Han}+)合计：(\d+)笔/u;
const SUM = /(\p{Script=Han}*?)(?:退款)?共(-?\d+(?:\.\d+)?)元/gu;

/**
 * The rows of a detail file: lines with `#` that say whose it is and of when, a header, rows, a line that ends the list,
 * closing lines.
 * @throws UntrustedMessage when it is somebody else's, of another day, not whole, or a closing line does not hold
 */
export async function* tableRows(
  records: AsyncIterable<readonly string[]>,
  shape: TableShape,
  expected: Expected,
): AsyncGenerator<BillRow, void> {
  const remarks: string[] = [];
  const closings = new Closings(shape.closings);
  let columns: BillColumns | undefined;
  let isEnded = false;
  for await (const record of records) {
    const remark = record[0]?.startsWith('#') === true ? record.join(',') : undefined;
    if (remark !== undefined) {
      if (isEnded) closings.expectHeld(remark);
      else if (columns === undefined) remarks.push(remark);
      isEnded ||= columns !== undefined && END.test(remark);
    } else if (columns === undefined) {
      expectOurs(remarks, expected);
      columns = new BillColumns(record, shape.columns);
    } else {
      if (isEnded) throw untrustedBill('rows follow its end');
      const row = columns.row(record);
      closings.count(row);
      yield row;
    }
  }
  if (!isEnded) throw untrustedBill('its list has no end');
  closings.expectWhole();
}

function expectOurs(remarks: readonly string[], { sellerId, date }: Expected): void {
  const first = (pattern: RegExp) => remarks.map((remark) => pattern.exec(remark)).find((found) => found !== null);
  if (first(ACCOUNT)?.[1]?.startsWith(sellerId) !== true) throw untrustedBill('it is of another account, or of none');
  if (first(FROM)?.slice(1).join('-') !== date) throw untrustedBill('it is of another day, or of none');
}

/** Adds up what was seen, to be held against the closing lines. */
class Closings {
  readonly #seen: ReadonlyMap<
    string,
    { shape: ClosingShape; count: number; sums: Map<string, number>; isHeld: boolean }
  >;

  constructor(shapes: Readonly<Record<string, ClosingShape>>) {
    this.#seen = new Map(
      Object.entries(shapes).map(([name, shape]) => {
        const sums = new Map(Object.values(shape.columns).map((column) => [column, 0]));
        return [name, { shape, count: 0, sums, isHeld: false }];
      }),
    );
  }

  count(row: BillRow): void {
    for (const seen of this.#seen.values()) {
      if (!seen.shape.covers(row)) continue;
      seen.count += 1;
      for (const [column, sum] of seen.sums) seen.sums.set(column, plus(sum, fenIn(row, column)));
    }
  }

  expectHeld(remark: string): void {
    const [line, name = '', count] = CLOSING.exec(remark) ?? [];
    const seen = this.#seen.get(name);
    if (line === undefined || seen === undefined) return;
    if (String(seen.count) !== count) throw untrustedBill(`its ${name}合计 counts other rows`);
    for (const [, label = '', yuan = ''] of remark.slice(line.length).matchAll(SUM)) {
      const sum = seen.sums.get(seen.shape.columns[label] ?? '');
      // Some lines write what went out with a sign and some without; the rows say which way it went.
      if (sum !== undefined && Math.abs(signedYuanToFen(yuan)) !== Math.abs(sum)) {
        throw untrustedBill(`its ${name}合计 is not what its rows come to`);
      }
    }
    seen.isHeld = true;
  }

  expectWhole(): void {
    for (const [name, { shape, isHeld }] of this.#seen) {
      if (shape.required && !isHeld) throw untrustedBill(`its ${name}合计 is missing`);
    }
  }
}

/** An amount in fen as the statement signs it; an empty cell is zero. */
export function fenIn(row: BillRow, column: string): number {
  return signedYuanToFen(row.find(column) || '0');
}

/** @throws UntrustedMessage when the sum leaves the integers that count exactly */
export function plus(sum: number, more: number): number {
  if (!Number.isSafeInteger(sum + more)) throw untrustedBill('its sums are beyond counting');
  return sum + more;
}
