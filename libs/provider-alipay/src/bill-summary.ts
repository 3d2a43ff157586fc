import { signedYuanToFen } from '@hutong/provider-kit';
import { BillColumns, type BillRow } from './bill-columns.js';
import { fenIn, plus } from './bill-table.js';
import { untrustedBill } from './bill-trust.js';

const COUNTS = { 交易订单总笔数: 'payments', 退款订单总笔数: 'refunds' } as const;
const SUMS = ['订单金额', '商家实收', '服务费'] as const;

/** What a detail file must come to, by the summary file beside it (业务明细(汇总)). */
export class TradeSummary {
  readonly #counts = { payments: 0, refunds: 0 };
  /** Payments less refunds, and payments alone: no document says which of them the summary adds up. */
  readonly #sums = new Map(SUMS.map((column) => [column, { net: 0, gross: 0 }]));

  private constructor(private readonly total: BillRow) {}

  /** @throws UntrustedMessage when the file has no row of totals */
  static async read(records: AsyncIterable<readonly string[]>): Promise<TradeSummary> {
    let columns: BillColumns | undefined;
    let total: BillRow | undefined;
    for await (const record of records) {
      if (record[0]?.startsWith('#') === true) continue;
      if (columns === undefined) columns = new BillColumns(record, [...Object.keys(COUNTS), ...SUMS]);
      else if (record[0]?.startsWith('合计') === true) total = columns.row(record);
    }
    if (total === undefined) throw untrustedBill('its summary has no totals');
    return new TradeSummary(total);
  }

  count(row: BillRow): void {
    const isRefund = row.get('业务类型') === '退款';
    this.#counts[isRefund ? 'refunds' : 'payments'] += 1;
    for (const [column, sum] of this.#sums) {
      const fen = fenIn(row, column);
      this.#sums.set(column, { net: plus(sum.net, fen), gross: isRefund ? sum.gross : plus(sum.gross, fen) });
    }
  }

  /** @throws UntrustedMessage when the detail came to something else */
  expectHeld(): void {
    for (const [column, count] of Object.entries(COUNTS)) {
      if (this.total.get(column) !== String(this.#counts[count]))
        throw untrustedBill(`its summary counts another ${column}`);
    }
    for (const [column, { net, gross }] of this.#sums) {
      const said = signedYuanToFen(this.total.get(column) || '0');
      if (said !== net && said !== gross) throw untrustedBill(`its summary comes to another ${column}`);
    }
  }
}
