import { untrustedBill } from './bill-trust.js';

/** One row by the names of its columns; undefined where the statement has no such column. */
export interface BillRow {
  find(column: string): string | undefined;
  /** @throws UntrustedMessage where there is no such column */
  get(column: string): string;
}

/** Where columns stand, found by name: Alipay adds columns, and those that we do not know are left alone. */
export class BillColumns {
  readonly #places: ReadonlyMap<string, number>;

  /** @throws UntrustedMessage when a needed one is missing, or two have one name */
  constructor(header: readonly string[], needed: readonly string[]) {
    this.#places = new Map(header.map((name, place) => [plainName(name), place]));
    const missing = needed.filter((name) => !this.#places.has(name));
    if (missing.length > 0) throw untrustedBill(`it has no column ${missing.join(', ')}`);
    if (this.#places.size !== header.length) throw untrustedBill('its header names a column twice');
  }

  row(cells: readonly string[]): BillRow {
    if (cells.length !== this.#places.size) throw untrustedBill('a row does not fit its header');
    const find = (column: string) => {
      const place = this.#places.get(column);
      return place === undefined ? undefined : cells[place];
    };
    const get = (column: string) => {
      const cell = find(column);
      if (cell === undefined) throw untrustedBill(`it has no column ${column}`);
      return cell;
    };
    return { find, get };
  }
}

/** `订单金额（元）` and `收入金额（+元）` without the unit, in brackets of either width. */
function plainName(cell: string): string {
  return cell.trim().replace(/[(（][+-]?元[)）]$/, '');
}
