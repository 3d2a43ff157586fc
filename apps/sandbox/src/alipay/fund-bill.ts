import { billHead, type BillLines, billTime, cell, dashed, text, yuan } from './bill-csv.js';
import type { BillEntry } from './bill-entries.js';
import { formatBeijing } from './beijing-time.js';
import { maskedLogon } from './identifiers.js';
import type { BillSource } from './trade-bill.js';

const DETAIL_COLUMNS =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注';

const SUMMARY_COLUMNS = '业务类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）';

const KINDS = ['在线支付', '收费', '交易退款', '退费'] as const;

/** One line of the merchant's account: money and fee of an entry are two of them. Fen. */
interface FundLine {
  readonly entry: BillEntry;
  readonly kind: (typeof KINDS)[number];
  readonly amount: number;
}

/** 账务明细 (§9): every change of the balance with what it left. */
export function* fundDetail({ acct, period, entries, opening, exportedAt }: BillSource): BillLines {
  yield* billHead('支付宝账务明细查询', acct, period);
  yield dashed('账务明细列表', 41, 40);
  yield DETAIL_COLUMNS;
  const lines = fundLines(entries);
  let balance = opening;
  for (const [index, line] of lines.entries()) {
    balance += line.amount;
    yield detailRow(line, index, balance).join(',');
  }
  yield dashed('账务明细列表结束', 40, 37);
  yield `#支出合计：${total(lines.filter(({ amount }) => amount < 0))}`;
  yield `#收入合计：${total(lines.filter(({ amount }) => amount > 0))}`;
  yield `#导出时间：${billTime(exportedAt)}`;
}

/** 账务明细(汇总): per kind of business. */
export function* fundSummary({ acct, period, entries, exportedAt }: BillSource): BillLines {
  yield* billHead('支付宝账务汇总查询', acct, period);
  yield dashed('账务汇总列表', 41, 40);
  yield SUMMARY_COLUMNS;
  const lines = fundLines(entries);
  for (const kind of KINDS) {
    const own = lines.filter((line) => line.kind === kind);
    if (own.length > 0) yield [kind, ...summaryCells(own)].join(',');
  }
  yield ['合计', ...summaryCells(lines)].join(',');
  yield dashed('账务汇总列表结束', 40, 37);
  yield `#导出时间：${billTime(exportedAt)}`;
}

function fundLines(entries: readonly BillEntry[]): readonly FundLine[] {
  return entries.flatMap((entry) => {
    const { refund, amount, fee } = entry;
    const money: FundLine = { entry, kind: refund === undefined ? '在线支付' : '交易退款', amount };
    const charge: FundLine = { entry, kind: refund === undefined ? '收费' : '退费', amount: fee };
    return fee === 0 ? [money] : [money, charge];
  });
}

function detailRow({ entry, kind, amount }: FundLine, index: number, balance: number): readonly string[] {
  const { at, trade, refund } = entry;
  return [
    text(flowNo(entry, index)),
    text(trade.providerReference),
    text(trade.reference),
    cell(trade.description),
    formatBeijing(at.getTime()),
    text(trade.payer && `*户(${maskedLogon(trade.payer.id)})`),
    yuan(Math.max(amount, 0)),
    yuan(Math.min(amount, 0)),
    yuan(balance),
    '支付宝',
    kind,
    cell(refund === undefined ? trade.wire.body : refund.wire.reason),
  ];
}

/** The same on every download: by the day and the line's place in it. */
const flowNo = ({ at }: BillEntry, index: number): string =>
  `${formatBeijing(at.getTime()).replaceAll(/\D/g, '')}${String(index).padStart(10, '0')}`;

function summaryCells(lines: readonly FundLine[]): readonly string[] {
  const incomes = lines.filter(({ amount }) => amount > 0);
  const expenses = lines.filter(({ amount }) => amount < 0);
  const [income, expense] = [sum(incomes), sum(expenses)];
  return [String(incomes.length), yuan(income), String(expenses.length), yuan(expense), yuan(income + expense)];
}

const total = (lines: readonly FundLine[]): string => `${lines.length}笔，共${yuan(sum(lines))}元`;

const sum = (lines: readonly FundLine[]): number => lines.reduce((fen, { amount }) => fen + amount, 0);
