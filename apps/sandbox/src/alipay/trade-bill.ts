import type { BillEntry } from './bill-entries.js';
import { billHead, type BillLines, billTime, cell, dashed, text, yuan } from './bill-csv.js';
import type { BillPeriod } from './bill-period.js';
import { formatBeijing } from './beijing-time.js';
import { maskedLogon } from './identifiers.js';

/** What a statement is written from. */
export interface BillSource {
  /** The merchant's PID with `0156` behind it. */
  readonly acct: string;
  readonly period: BillPeriod;
  readonly entries: readonly BillEntry[];
  /** Fen on the account when the period began. */
  readonly opening: number;
  readonly exportedAt: number;
}

const DETAIL_COLUMNS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,' +
  '支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,' +
  '退款批次号/请求号,服务费（元）,分润（元）,备注';

const SUMMARY_COLUMNS =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,' +
  '卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）';

const NOTHING = '0.00';

/** 业务明细 (§9): one row per payment and per refund, 25 columns; what went back is negative. */
export function* tradeDetail({ acct, period, entries, exportedAt }: BillSource): BillLines {
  yield* billHead('支付宝业务明细查询', acct, period);
  yield dashed('业务明细列表', 41, 40);
  yield DETAIL_COLUMNS;
  for (const entry of entries) yield detailRow(entry).join(',');
  yield dashed('业务明细列表结束', 41, 36);
  const payments = sum(entries.filter(({ refund }) => refund === undefined));
  const refunds = sum(entries.filter(({ refund }) => refund !== undefined));
  yield `#交易合计：${payments.count}笔，商家实收共${yuan(payments.amount)}元，商家优惠共0.00元`;
  yield `#退款合计：${refunds.count}笔，商家实收退款共${yuan(refunds.amount)}元，商家优惠退款共0.00元`;
  yield `#导出时间：${billTime(exportedAt)}`;
}

/** 业务明细(汇总): one row per store, then 合计. */
export function* tradeSummary({ acct, period, entries, exportedAt }: BillSource): BillLines {
  yield* billHead('支付宝业务汇总查询', acct, period);
  yield dashed('业务汇总列表', 41, 40);
  yield SUMMARY_COLUMNS;
  for (const [store, own] of byStore(entries)) yield [text(store), text(), ...summaryCells(own)].join(',');
  yield ['合计', '', ...summaryCells(entries)].join(',');
  yield dashed('业务汇总列表结束', 40, 37);
  yield `#导出时间：${billTime(exportedAt)}`;
}

function detailRow({ at, trade, refund, amount, fee }: BillEntry): readonly string[] {
  const { wire, payer } = trade;
  const createdAt = refund?.createdAt.getTime() ?? wire.bornAt ?? trade.createdAt.getTime();
  return [
    text(trade.providerReference),
    text(trade.reference),
    text(refund === undefined ? '交易' : '退款'),
    cell(trade.description),
    formatBeijing(createdAt),
    formatBeijing(at.getTime()),
    text(wire.store?.storeId),
    text(),
    text(wire.store?.operatorId),
    text(wire.store?.terminalId),
    text(payer && `*户(${maskedLogon(payer.id)})`),
    yuan(amount),
    yuan(amount),
    NOTHING,
    NOTHING,
    NOTHING,
    NOTHING,
    NOTHING,
    '',
    text(NOTHING),
    NOTHING,
    text(refund?.reference),
    yuan(fee),
    NOTHING,
    cell(refund === undefined ? wire.body : refund.wire.reason),
  ];
}

function summaryCells(entries: readonly BillEntry[]): readonly string[] {
  const refunds = entries.filter(({ refund }) => refund !== undefined).length;
  const { count, amount, fee } = sum(entries);
  return [
    String(count - refunds),
    String(refunds),
    yuan(amount),
    yuan(amount),
    NOTHING,
    NOTHING,
    NOTHING,
    yuan(fee),
    NOTHING,
    yuan(amount + fee),
  ];
}

function byStore(entries: readonly BillEntry[]): Map<string, readonly BillEntry[]> {
  return Map.groupBy(entries, ({ trade }) => trade.wire.store?.storeId ?? '');
}

function sum(entries: readonly BillEntry[]): { readonly count: number; readonly amount: number; readonly fee: number } {
  let amount = 0;
  let fee = 0;
  for (const entry of entries) {
    amount += entry.amount;
    fee += entry.fee;
  }
  return { count: entries.length, amount, fee };
}
