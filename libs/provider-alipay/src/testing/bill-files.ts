import type { BilledMovement, BilledPayment, BilledRefund, BillKind, BillLine } from '@hutong/payment-port';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { gbk } from './gbk.js';

const TRADE_COLUMNS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';
const FUND_COLUMNS =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注';
const SUMMARY_COLUMNS =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）';

export interface BillFacts {
  readonly kind: BillKind;
  readonly date: string;
  readonly sellerId: string;
  readonly lines: readonly BillLine[];
}

/** Changes what is written, before it is packed under checksums of its own. */
export interface BillFlaw {
  readonly detail?: (text: string) => string;
  readonly summary?: (text: string) => string;
}

/** The ZIP of a statement as Alipay packs it: names and contents in GBK. */
export async function billArchive(facts: BillFacts, flaw: BillFlaw = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { detail = (text) => text, summary = (text) => text } = flaw;
  const name = `${facts.sellerId}0156_${facts.date.replaceAll('-', '')}_${facts.kind === 'trades' ? '业务' : '账务'}明细`;
  return packed([
    [`${name}.csv`, gbk(detail(detailText(facts)))],
    [`${name}(汇总).csv`, gbk(summary(summaryText(facts)))],
  ]);
}

export async function packed(files: readonly (readonly [string, Uint8Array])[]): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    useWebWorkers: false,
    useUnicodeFileNames: false,
    encodeText: gbk,
  });
  for (const [name, bytes] of files) await writer.add(name, new Uint8ArrayReader(bytes));
  return new Uint8Array(await writer.close());
}

export function detailText(facts: BillFacts): string {
  const { kind, lines } = facts;
  const about = kind === 'trades' ? '业务明细' : '账务明细';
  return [
    ...preface(facts, about),
    `#-----------------------------------------${about}列表----------------------------------------`,
    kind === 'trades' ? TRADE_COLUMNS : FUND_COLUMNS,
    ...lines.map((line) => (line.type === 'movement' ? fundRow(line) : tradeRow(line))),
    `#-----------------------------------------${about}列表结束------------------------------------`,
    ...(kind === 'trades' ? tradeClosing(lines) : fundClosing(lines)),
    '#导出时间：[2026年11月23日 05:46:49]',
    '',
  ].join('\r\n');
}

export function summaryText(facts: BillFacts): string {
  const { payments, refunds } = apart(facts.lines);
  const [paid, back] = [total(payments), total(refunds)];
  const fees =
    sum(payments.map((one) => -(one.fee?.amount ?? 0))) + sum(refunds.map((one) => one.feeReturned?.amount ?? 0));
  const net = yuan(paid - back);
  const figures = [payments.length, refunds.length, net, net, '0.00', '0.00', '0.00', yuan(fees), '0.00', net];
  return [...preface(facts, '业务汇总'), SUMMARY_COLUMNS, `合计\t,\t,${figures.join(',')}`, ''].join('\r\n');
}

function preface({ date, sellerId }: BillFacts, about: string): string[] {
  const next = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  const day = (text: string) => text.replace(/^(\d+)-(\d+)-(\d+)$/, '$1年$2月$3日');
  return [
    `#支付宝${about}查询`,
    `#账号：[${sellerId}0156]`,
    `#起始日期：[${day(date)} 00:00:00]   终止日期：[${day(next)} 00:00:00]`,
  ];
}

function tradeRow(line: BilledPayment | BilledRefund): string {
  const isRefund = line.type === 'refund';
  const amount = yuan(isRefund ? -line.amount.amount : line.amount.amount);
  const fee = yuan(isRefund ? (line.feeReturned?.amount ?? 0) : -(line.fee?.amount ?? 0));
  const numbers = [`${line.providerReference}\t`, `${line.reference}\t`, `${isRefund ? '退款' : '交易'}\t`];
  const shop = ['"番茄, 2kg"', beijing(line.at), beijing(line.at), '\t', '\t', '\t', '\t', '*津水(602***@qq.com)\t'];
  const money = [amount, amount, ...Array.from({ length: 5 }, () => '0.00'), '\t', '0.00', '0.00\t'];
  return [...numbers, ...shop, ...money, `${isRefund ? line.refundReference : ''}\t`, fee, '0.00', '下单"测试'].join();
}

function fundRow(line: BilledMovement): string {
  const { providerReference, subjectReference = '', reference = '', amount, balance, kind, at } = line;
  const [into, out] = line.direction === 'in' ? [yuan(amount.amount), '\t'] : ['\t', yuan(-amount.amount)];
  const numbers = [providerReference, subjectReference, reference, '番茄'].map((cell) => `${cell}\t`);
  return [
    ...numbers,
    beijing(at),
    '*津水\t',
    into,
    out,
    balance ? yuan(balance.amount) : '',
    '支付宝\t',
    kind,
    '',
  ].join();
}

function tradeClosing(lines: readonly BillLine[]): string[] {
  const { payments, refunds } = apart(lines);
  return [
    `#交易合计：${payments.length}笔，商家实收共${yuan(total(payments))}元，商家优惠共0.00元`,
    `#退款合计：${refunds.length}笔，商家实收退款共${yuan(-total(refunds))}元，商家优惠退款共0.00元`,
  ];
}

function fundClosing(lines: readonly BillLine[]): string[] {
  const movements = lines.filter((line): line is BilledMovement => line.type === 'movement' && line.amount.amount > 0);
  const [into, out] = (['in', 'out'] as const).map((way) => movements.filter(({ direction }) => direction === way));
  return [
    `#收入合计：${into?.length}笔，共${yuan(total(into ?? []))}元`,
    `#支出合计：${out?.length}笔，共${yuan(-total(out ?? []))}元`,
  ];
}

function apart(lines: readonly BillLine[]) {
  return {
    payments: lines.filter((line): line is BilledPayment => line.type === 'payment'),
    refunds: lines.filter((line): line is BilledRefund => line.type === 'refund'),
  };
}

const total = (lines: readonly BillLine[]) => sum(lines.map(({ amount }) => amount.amount));

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

/** Written down here apart from the provider's own, as text and not by division. */
function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function beijing(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
