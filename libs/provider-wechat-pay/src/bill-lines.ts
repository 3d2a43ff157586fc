import {
  money,
  OutcomeUnknown,
  type BilledMovement,
  type BilledPayment,
  type BilledRefund,
  type Currency,
  type Money,
} from '@hutong/payment-port';
import { readBeijingTime, signedYuanToFen } from '@hutong/provider-kit';
import type { BillRow, TableShape } from './bill-table.js';
import { BILL, untrustedBill } from './bill-trust.js';
import { BILLED_REFUND_STATES, BILLED_TRADE_TYPES, listed } from './wechat-pay.states.js';

const fenIn = (column: string) => (row: BillRow) => signedYuanToFen(row.find(column) || '0');
const isPayment = (row: BillRow) => row.get('交易状态') === 'SUCCESS';
const isIn = (row: BillRow) => row.get('收支类型') === '收入';

/**
 * 交易账单, all of it. No document says whether refunds count in 总交易单数:
 * either is taken, since dropped refunds show in the sums.
 */
export const TRADES: TableShape = {
  columns: [
    '交易时间',
    '商户号',
    '微信订单号',
    '商户订单号',
    '交易状态',
    '订单金额',
    '微信退款单号',
    '商户退款单号',
    '申请退款金额',
    '退款状态',
  ],
  counts: { 总交易单数: [() => 1, (row) => Number(isPayment(row))] },
  sums: {
    订单总金额: { share: fenIn('订单金额'), required: true },
    申请退款总金额: { share: fenIn('申请退款金额'), required: true },
    应结订单总金额: { share: fenIn('应结订单金额'), required: false },
    退款总金额: { share: fenIn('退款金额'), required: false },
    充值券退款总金额: { share: fenIn('充值券退款金额'), required: false },
    手续费总金额: { share: fenIn('手续费'), required: false },
  },
  fen: signedYuanToFen,
};

/** 资金账单 of the basic account. */
export const FUNDS: TableShape = {
  columns: ['记账时间', '资金流水单号', '业务类型', '收支类型', '收支金额'],
  counts: {
    资金流水总笔数: [() => 1],
    收入笔数: [(row) => Number(isIn(row))],
    支出笔数: [(row) => Number(!isIn(row))],
  },
  sums: {
    收入金额: { share: (row) => (isIn(row) ? fenIn('收支金额')(row) : 0), required: true },
    支出金额: { share: (row) => (isIn(row) ? 0 : fenIn('收支金额')(row)), required: true },
  },
  fen: signedYuanToFen,
};

/** A row of the trade bill of this merchant. 订单金额 is what `amount.total` was, before coupons. */
export function tradeLine(row: BillRow, mchid: string): BilledPayment | BilledRefund {
  if (row.get('商户号') !== mchid) throw untrustedBill('a row is of another merchant');
  const trade = { reference: named(row, '商户订单号'), providerReference: named(row, '微信订单号') };
  const at = readBeijingTime(row.get('交易时间'));
  const type = listed(BILLED_TRADE_TYPES, row.get('交易状态')) ?? notListed('交易状态');
  return type === 'payment'
    ? { type, ...trade, amount: amountIn(row, '订单金额'), ...feeIn(row, 'fee'), at }
    : { type, ...trade, ...refundIn(row), at };
}

/** Refunds are listed once, with the state of the night; a reversed order has no refund number, and is given back whole. */
function refundIn(row: BillRow): Omit<BilledRefund, 'type' | 'reference' | 'providerReference' | 'at'> {
  const state = row.get('退款状态');
  const theirs = numbered(row, '微信退款单号');
  return {
    refundReference: numbered(row, '商户退款单号') ?? named(row, '商户订单号'),
    ...(theirs !== undefined && { refundProviderReference: theirs }),
    amount: amountIn(row, '申请退款金额'),
    ...feeIn(row, 'feeReturned'),
    state: isReversal(row) && !state ? 'succeeded' : (listed(BILLED_REFUND_STATES, state) ?? notListed('退款状态')),
  };
}

/** A row of the fund flow bill. 微信支付业务单号 is the trade's number or the refund's, whichever moved the money. */
export function fundLine(row: BillRow): BilledMovement {
  const direction = row.get('收支类型');
  if (direction !== '收入' && direction !== '支出') throw notListed('收支类型');
  const balance = signedYuanToFen(row.find('账户结余') || '-1');
  const subjectReference = numbered(row, '微信支付业务单号');
  return {
    type: 'movement',
    providerReference: named(row, '资金流水单号'),
    ...(subjectReference !== undefined && { subjectReference }),
    direction: direction === '收入' ? 'in' : 'out',
    amount: amountIn(row, '收支金额'),
    ...(balance >= 0 && { balance: money(balance) }),
    kind: row.get('业务类型'),
    at: readBeijingTime(row.get('记账时间')),
  };
}

function isReversal(row: BillRow): boolean {
  return row.get('交易状态') === 'REVOKED';
}

/** Another currency than ours is carried along, so that it never equals ours. */
function amountIn(row: BillRow, column: string): Money {
  return money(signedYuanToFen(row.get(column)), (row.find('货币种类') || 'CNY') as Currency);
}

/** A fee that comes back is written with a minus sign; here both are what moved. */
function feeIn<N extends 'fee' | 'feeReturned'>(row: BillRow, name: N): { readonly [K in N]?: Money } {
  const fee = row.find('手续费');
  return (fee ? { [name]: money(Math.abs(signedYuanToFen(fee))) } : {}) as { readonly [K in N]?: Money };
}

/** A number; where there is none the statement says nothing, or 0. */
function numbered(row: BillRow, column: string): string | undefined {
  const number = row.find(column) ?? '';
  return number === '' || number === '0' ? undefined : number;
}

function named(row: BillRow, column: string): string {
  const number = numbered(row, column);
  if (number === undefined) throw untrustedBill(`a row has no ${column}`);
  return number;
}

function notListed(column: string): never {
  throw new OutcomeUnknown(`WeChat Pay's statement has a ${column} that no document lists.`, {
    provider: 'wechat_pay',
    operation: BILL,
  });
}
