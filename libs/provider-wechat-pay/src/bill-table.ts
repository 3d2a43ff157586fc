import { untrustedBill } from './bill-trust.js';

/** One row by the names of its columns; undefined where the statement has no such column. */
export interface BillRow {
  find(column: string): string | undefined;
  /** @throws UntrustedMessage where there is no such column */
  get(column: string): string;
}

/** What each row adds to a closing figure. */
type Share = (row: BillRow) => number;

/** What a kind of statement must contain, and what its closing figures must come to. */
export interface TableShape {
  readonly columns: readonly string[];
  /** Each closing count with the ways in which it may count. */
  readonly counts: Readonly<Record<string, readonly Share[]>>;
  /** Each closing sum, in fen; `required` ones cannot be missing. */
  readonly sums: Readonly<Record<string, { readonly share: Share; readonly required: boolean }>>;
  /** Reads an amount of a closing row. */
  readonly fen: (text: string) => number;
}

/**
 * The rows of a statement: a header row, data rows, a header row of closing figures, one row of them, the end. Data cells
 * begin with a backtick, header cells do not. Columns are found by name, and those that we do not know are left alone.
 * @throws UntrustedMessage when the order of parts, a column or a closing figure does not hold
 */
export async function* tableRows(
  records: AsyncIterable<readonly string[]>,
  shape: TableShape,
): AsyncGenerator<BillRow, void> {
  const closing = new Closing(shape);
  let columns: Columns | undefined;
  let closingColumns: Columns | undefined;
  let isClosed = false;
  for await (const record of records) {
    if (isClosed) throw untrustedBill('something follows its closing figures');
    const isData = record[0]?.startsWith('`') === true;
    if (columns === undefined) columns = Columns.in(record, isData, shape.columns);
    else if (closingColumns !== undefined) {
      closing.expectHeld(closingColumns.row(record, isData));
      isClosed = true;
    } else if (isData) {
      const row = columns.row(record, isData);
      closing.count(row);
      yield row;
    } else closingColumns = Columns.in(record, isData, closing.required);
  }
  if (!isClosed) throw untrustedBill('it has no closing figures');
}

class Columns {
  private constructor(private readonly places: ReadonlyMap<string, number>) {}

  static in(record: readonly string[], isData: boolean, needed: readonly string[]): Columns {
    const places = new Map(record.map((name, index) => [plainName(name), index]));
    const missing = needed.filter((name) => !places.has(name));
    if (isData || places.size !== record.length)
      throw untrustedBill('a header row is missing, or names a column twice');
    if (missing.length > 0) throw untrustedBill(`it has no column ${missing.join(', ')}`);
    return new Columns(places);
  }

  row(record: readonly string[], isData: boolean): BillRow {
    if (!isData || record.length !== this.places.size) throw untrustedBill('a row does not fit its header');
    const find = (column: string) => {
      const place = this.places.get(column);
      return place === undefined ? undefined : plainCell(record[place] ?? '');
    };
    const get = (column: string) => {
      const cell = find(column);
      if (cell === undefined) throw untrustedBill(`it has no column ${column}`);
      return cell;
    };
    return { find, get };
  }
}

/** Adds up what was seen, to be held against what the statement says at its end. */
class Closing {
  readonly required: readonly string[];
  readonly #seen: Map<Share, number>;

  constructor(private readonly shape: TableShape) {
    const sums = Object.entries(shape.sums);
    const shares = [...Object.values(shape.counts).flat(), ...sums.map(([, { share }]) => share)];
    this.#seen = new Map(shares.map((share) => [share, 0]));
    this.required = [...Object.keys(shape.counts), ...sums.filter(([, one]) => one.required).map(([name]) => name)];
  }

  count(row: BillRow): void {
    for (const [share, soFar] of this.#seen) {
      const sum = soFar + share(row);
      if (!Number.isSafeInteger(sum)) throw untrustedBill('its sums are beyond counting');
      this.#seen.set(share, sum);
    }
  }

  expectHeld(said: BillRow): void {
    for (const [name, shares] of Object.entries(this.shape.counts)) {
      if (!shares.some((share) => String(this.#seen.get(share)) === said.get(name))) throw notWhatWasSeen(name);
    }
    for (const [name, { share }] of Object.entries(this.shape.sums)) {
      const sum = said.find(name);
      if (sum !== undefined && this.shape.fen(sum) !== this.#seen.get(share)) throw notWhatWasSeen(name);
    }
  }
}

function notWhatWasSeen(name: string) {
  return untrustedBill(`its ${name} is not what its rows come to`);
}

/** `收支金额(元)`, `收支金额（元）` and `收支金额` are one column. */
function plainName(cell: string): string {
  return cell.trim().replace(/[(（]元[)）]$/, '');
}

function plainCell(cell: string): string {
  return cell.replace(/^`/, '').trim();
}
