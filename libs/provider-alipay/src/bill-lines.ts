import {
  money,
  OutcomeUnknown,
  type BilledMovement,
  type BilledPayment,
  type BilledRefund,
  type Money,
} from '@hutong/payment-port';
import { readBeijingTime } from '@hutong/provider-kit';
import type { BillRow } from './bill-columns.js';
import { fenIn, type TableShape } from './bill-table.js';
import { BILL, untrustedBill } from './bill-trust.js';

const isOf = (type: string) => (row: BillRow) => row.get('业务类型') === type;
const RECEIVED = { 商家实收: '商家实收', 商家优惠: '商家优惠' };

/** 业务明细: trades with their refunds. */
export const TRADES: TableShape = {
  columns: [
    '支付宝交易号',
    '商户订单号',
    '业务类型',
    '创建时间',
    '完成时间',
    '订单金额',
    '商家实收',
    '退款批次号/请求号',
  ],
  closings: {
    交易: { covers: isOf('交易'), columns: RECEIVED, required: true },
    退款: { covers: isOf('退款'), columns: RECEIVED, required: true },
  },
};

/** 账务明细: every movement on the account. No document shows its closing lines: where they stand, they must hold. */
export const FUNDS: TableShape = {
  columns: ['账务流水号', '业务流水号', '商户订单号', '发生时间', '收入金额', '支出金额', '业务类型'],
  closings: {
    收入: { covers: (row) => fenIn(row, '收入金额') !== 0, columns: { '': '收入金额' }, required: false },
    支出: { covers: (row) => fenIn(row, '支出金额') !== 0, columns: { '': '支出金额' }, required: false },
  },
};

/** A row of 业务明细. Refunds are written below zero; they are listed when they have succeeded. */
export function tradeLine(row: BillRow): BilledPayment | BilledRefund {
  const trade = { reference: named(row, '商户订单号'), providerReference: named(row, '支付宝交易号') };
  const at = readBeijingTime(row.get('完成时间') || row.get('创建时间'));
  switch (row.get('业务类型')) {
    case '交易':
      return { type: 'payment', ...trade, amount: money(fenIn(row, '订单金额')), ...feeIn(row, 'fee'), at };
    case '退款':
      return { type: 'refund', ...trade, ...refundIn(row), at };
    default:
      throw new OutcomeUnknown("Alipay's statement has a 业务类型 that no document lists.", BILL);
  }
}

function refundIn(row: BillRow): Omit<BilledRefund, 'type' | 'reference' | 'providerReference' | 'at'> {
  return {
    refundReference: named(row, '退款批次号/请求号'),
    amount: money(0 - fenIn(row, '订单金额')),
    ...feeIn(row, 'feeReturned'),
    state: 'succeeded',
  };
}

/** A row of 账务明细: one of its two amounts is not zero. */
export function fundLine(row: BillRow): BilledMovement {
  const [into, out] = [fenIn(row, '收入金额'), Math.abs(fenIn(row, '支出金额'))];
  if (into !== 0 && out !== 0) throw untrustedBill('a row goes in and out at once');
  const balance = row.find('账户余额');
  const [reference, subjectReference] = [row.get('商户订单号'), row.get('业务流水号')];
  return {
    type: 'movement',
    providerReference: named(row, '账务流水号'),
    ...(reference !== '' && { reference }),
    ...(subjectReference !== '' && { subjectReference }),
    direction: out === 0 ? 'in' : 'out',
    amount: money(into + out),
    ...(balance && fenIn(row, '账户余额') >= 0 && { balance: money(fenIn(row, '账户余额')) }),
    kind: row.get('业务类型'),
    at: readBeijingTime(row.get('发生时间')),
  };
}

/** 服务费 has the sign of the side that it is taken from or given back to; here both are what moved. */
function feeIn<N extends 'fee' | 'feeReturned'>(row: BillRow, name: N): { readonly [K in N]?: Money } {
  const isThere = row.find('服务费') ? { [name]: money(Math.abs(fenIn(row, '服务费'))) } : {};
  return isThere as { readonly [K in N]?: Money };
}

function named(row: BillRow, column: string): string {
  const number = row.get(column);
  if (number === '') throw untrustedBill(`a row has no ${column}`);
  return number;
}
