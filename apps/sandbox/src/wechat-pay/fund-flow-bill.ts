import { feeOn } from '../frame/fee.js';
import { beijingClock } from './beijing-time.js';
import type { BillEvent } from './bill-events.js';
import { type BillRow, type BillTable, billYuan } from './bill-table.js';

/** 基本账户, 运营账户, 手续费账户. Here all money goes through the first; the others never have a statement. */
export const FUND_ACCOUNTS = ['BASIC', 'OPERATION', 'FEES'] as const;

const COLUMNS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const SUMS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

/** One movement on the merchant's account: fen, negative when they leave it. */
interface Movement {
  readonly business: string;
  readonly fen: number;
  /** In front of the wallet's own number: each movement has another one. */
  readonly series: string;
}

/** A payment comes in whole and its fee goes out beside it; a refund goes out less the fee that comes back (protocol §5). */
function movementsOf({ trade, refund }: BillEvent): readonly Movement[] {
  if (refund !== undefined) return [{ business: '退款', fen: refund.fee - refund.amount, series: '3' }];
  const fee: Movement = { business: '扣除交易手续费', fen: -feeOn(trade.amount), series: '2' };
  return [{ business: '交易', fen: trade.amount, series: '1' }, ...(fee.fen === 0 ? [] : [fee])];
}

/** What so many events leave on the account, in fen. */
export const balanceAfter = (events: readonly BillEvent[]): number =>
  events.reduce((sum, event) => sum + movementsOf(event).reduce((part, { fen }) => part + fen, 0), 0);

/** 资金账单 of the basic account, from what was on it at the day's beginning (protocol §7). */
export function fundFlowBill(events: readonly BillEvent[], openingFen: number): BillTable {
  const income = { count: 0, fen: 0 };
  const outgo = { count: 0, fen: 0 };
  function* rows(): Generator<BillRow> {
    let balance = openingFen;
    for (const event of events) {
      for (const movement of movementsOf(event)) {
        const side = movement.fen < 0 ? outgo : income;
        side.count += 1;
        side.fen += Math.abs(movement.fen);
        balance += movement.fen;
        yield rowOf(event, movement, balance);
      }
    }
  }
  return {
    columns: COLUMNS.split(','),
    rows: rows(),
    sumColumns: SUMS.split(','),
    sums: () => [
      String(income.count + outgo.count),
      String(income.count),
      billYuan(income.fen),
      String(outgo.count),
      billYuan(outgo.fen),
    ],
  };
}

function rowOf({ at, trade, refund }: BillEvent, { business, fen, series }: Movement, balance: number): BillRow {
  const number = (refund ?? trade).providerReference ?? '';
  return [
    beijingClock(new Date(at)),
    number,
    `${series}${number}`,
    business,
    business,
    fen < 0 ? '支出' : '收入',
    billYuan(Math.abs(fen)),
    billYuan(balance),
    'system',
    '',
    refund === undefined || trade.wire.reversed ? trade.reference : refund.reference,
  ];
}
