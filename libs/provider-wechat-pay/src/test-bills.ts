import type { BilledMovement, BilledPayment, BilledRefund, BillKind, BillLine } from '@hutong/payment-port';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { APPID, MCHID, signed, type Answer } from './test-platform.js';

/** The columns of 交易账单 (ALL) in their order; the closing ones. */
const TRADE_COLUMNS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TRADE_TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const FUND_COLUMNS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const FUND_TOTALS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';

const REFUND_STATUS = { processing: 'PROCESSING', succeeded: 'SUCCESS', failed: 'CHANGE' } as const;

/** How a statement differs from the true one, under a hash of its own. */
export interface BillFlaw {
  readonly columns?: (header: string) => string;
  readonly totals?: (row: readonly string[]) => readonly string[];
  readonly rows?: (rows: readonly (readonly string[])[]) => readonly (readonly string[])[];
  readonly mchid?: string;
}

/** A statement as WeChat Pay writes it, before compression. */
export function billText(kind: BillKind, lines: readonly BillLine[], flaw: BillFlaw = {}): string {
  const { columns = (header) => header, totals = (row) => row, rows = (all) => all, mchid = MCHID } = flaw;
  const isTrades = kind === 'trades';
  const body = rows(lines.map((line) => (isTrades ? tradeCells(line, mchid) : fundCells(line))));
  const closing = totals(isTrades ? tradeTotals(lines) : fundTotals(lines));
  return [
    columns(isTrades ? TRADE_COLUMNS : FUND_COLUMNS),
    ...body.map(dataRow),
    isTrades ? TRADE_TOTALS : FUND_TOTALS,
    dataRow(closing),
    '',
  ].join('\r\n');
}

const dataRow = (cells: readonly string[]) => cells.map((cell) => `\`${cell}`).join(',');

/** The two answers behind one statement: the signed link, then the unsigned file. */
export function billAnswers(text: string, more: { link?: object; body?: Answer['body'] } = {}): [Answer, Answer] {
  const file = { status: 200, headers: {}, body: more.body ?? new Uint8Array(gzipSync(text)) };
  return [signed(200, { ...billLink(text), ...more.link }), file];
}

export function billLink(text: string): Record<string, string> {
  return {
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(text).digest('hex'),
    download_url:
      'https://api.mch.weixin.qq.com/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2wMMR8cNXqaA',
  };
}

function tradeCells(line: BillLine, mchid: string): string[] {
  if (line.type === 'movement') throw new Error('A trade bill has no movements.');
  const refund = line.type === 'refund' ? refundCells(line) : ['0', '0', '0.00', '0.00', '', ''];
  const order = line.type === 'payment' ? yuan(line.amount.amount) : '0.00';
  const [fee, state] = line.type === 'payment' ? [line.fee, 'SUCCESS'] : [negative(line.feeReturned), 'REFUND'];
  const who = [APPID, mchid, '0', '', line.providerReference, line.reference, 'oUpF8uMuAJO', 'JSAPI', state, 'OTHERS'];
  const texts = ['番茄\\ 2kg \\n "新鲜"', '', `${yuan(fee?.amount ?? 0)}000`, '0.60%'];
  const asked = line.type === 'refund' ? yuan(line.amount.amount) : '0.00';
  return [beijing(line.at), ...who, 'CNY', order, '0.00', ...refund, ...texts, order, asked, ''];
}

function refundCells({ refundProviderReference, refundReference, amount, state }: BilledRefund): string[] {
  return [
    refundProviderReference ?? '',
    refundReference,
    yuan(amount.amount),
    '0.00',
    'ORIGINAL',
    REFUND_STATUS[state],
  ];
}

function tradeTotals(lines: readonly BillLine[]): string[] {
  const payments = lines.filter((line): line is BilledPayment => line.type === 'payment');
  const refunds = lines.filter((line): line is BilledRefund => line.type === 'refund');
  const [paid, back] = [payments, refunds].map((all) => yuan(sum(all.map(({ amount }) => amount.amount))));
  const fees = [
    ...payments.map(({ fee }) => fee?.amount ?? 0),
    ...refunds.map((one) => -(one.feeReturned?.amount ?? 0)),
  ];
  return [String(lines.length), paid, back, '0.00', `${yuan(sum(fees))}000`, paid, back].map(String);
}

function fundCells(line: BillLine): string[] {
  if (line.type !== 'movement') throw new Error('A fund flow bill has movements only.');
  const { subjectReference = '', providerReference, kind, amount, balance, at } = line;
  const numbers = [subjectReference, providerReference, '交易', kind, line.direction === 'in' ? '收入' : '支出'];
  return [beijing(at), ...numbers, yuan(amount.amount), balance ? yuan(balance.amount) : '', 'system', '', '4200001'];
}

function fundTotals(lines: readonly BillLine[]): string[] {
  const movements = lines.filter((line): line is BilledMovement => line.type === 'movement');
  const [into, out] = (['in', 'out'] as const).map((direction) => {
    const amounts = movements.filter((line) => line.direction === direction).map(({ amount }) => amount.amount);
    return [String(amounts.length), yuan(sum(amounts))];
  });
  return [String(lines.length), ...(into ?? []), ...(out ?? [])];
}

const negative = (money: { readonly amount: number } | undefined) => money && { amount: -money.amount };

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Written down here apart from the provider's own, as text and not by division. */
function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function beijing(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
