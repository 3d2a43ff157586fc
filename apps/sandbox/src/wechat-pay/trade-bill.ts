import { feeOn } from '../frame/fee.js';
import { beijingClock } from './beijing-time.js';
import type { BillDay } from './bill-day.js';
import type { BillEvent } from './bill-events.js';
import { type BillRow, type BillTable, billWords, billYuan } from './bill-table.js';
import { TRADE_TYPE, type WechatTrade, type WechatTradeRefund } from './order.js';
import { refundWordAt } from './refund-state.js';

export const TRADE_BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'] as const;

export type TradeBillType = (typeof TRADE_BILL_TYPES)[number];

const ORDER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额';
const REFUND = '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态';
const REST = '商品名称,商户数据包,手续费,费率,订单金额';
const SUMS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

/** The order of the two times of a REFUND bill is unconfirmed: they are read by name (protocol §7). */
const COLUMNS = {
  ALL: `${ORDER},${REFUND},${REST},申请退款金额,费率备注`,
  SUCCESS: `${ORDER},${REST},费率备注`,
  REFUND: `${ORDER},退款申请时间,退款成功时间,${REFUND},${REST},申请退款金额,费率备注`,
} as const satisfies Record<TradeBillType, string>;

/** The rows that a type of bill is about. */
export const ofType = (events: readonly BillEvent[], type: TradeBillType): readonly BillEvent[] =>
  type === 'ALL' ? events : events.filter(({ refund }) => (refund !== undefined) === (type === 'REFUND'));

/** 交易账单: one row for each payment, one for each refund (protocol §7). */
export function tradeBill(events: readonly BillEvent[], type: TradeBillType, day: BillDay): BillTable {
  const columns = COLUMNS[type].split(',');
  const sums = { settled: 0, refunded: 0, fee: 0, ordered: 0, asked: 0 };
  function* rows(): Generator<BillRow> {
    for (const event of events) {
      const money = moneyOf(event, day);
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += money[name];
      const cells = cellsOf(event, money, day);
      yield columns.map((column) => cells[column] ?? '');
    }
  }
  return {
    columns,
    rows: rows(),
    sumColumns: SUMS.split(','),
    sums: () => [
      String(events.length),
      billYuan(sums.settled),
      billYuan(sums.refunded),
      NOTHING,
      billYuan(sums.fee),
      billYuan(sums.ordered),
      billYuan(sums.asked),
    ],
  };
}

const NOTHING = '0.00';

/** What one row adds to the sums, in fen. */
interface RowMoney {
  readonly settled: number;
  readonly refunded: number;
  /** Negative: it comes back. */
  readonly fee: number;
  readonly ordered: number;
  readonly asked: number;
}

/** A refund that the bill knows to have failed moves nothing. */
function moneyOf({ trade, refund }: BillEvent, { madeAt }: BillDay): RowMoney {
  const { amount } = trade;
  if (refund === undefined) return { settled: amount, refunded: 0, fee: feeOn(amount), ordered: amount, asked: 0 };
  const failed = refundWordAt(refund, madeAt) === 'FAIL';
  const [refunded, fee] = failed ? [0, 0] : [refund.amount, -refund.fee];
  return { settled: 0, refunded, fee, ordered: 0, asked: refund.amount };
}

type Cells = Readonly<Record<string, string>>;

function cellsOf({ at, trade, refund }: BillEvent, money: RowMoney, day: BillDay): Cells {
  const { wire } = trade;
  return {
    交易时间: beijingClock(new Date(at)),
    公众账号ID: wire.appid,
    商户号: wire.mchid,
    // '0' is what a merchant of its own has here (protocol §7).
    特约商户号: wire.sub?.mchid ?? '0',
    设备号: wire.deviceId ?? '',
    微信订单号: trade.providerReference ?? '',
    商户订单号: trade.reference,
    用户标识: trade.payer?.id ?? '',
    交易类型: TRADE_TYPE[wire.product],
    交易状态: refund === undefined ? 'SUCCESS' : wire.reversed ? 'REVOKED' : 'REFUND',
    付款银行: 'OTHERS',
    货币种类: trade.currency,
    应结订单金额: billYuan(money.settled),
    代金券金额: NOTHING,
    商品名称: billWords(trade.description),
    商户数据包: billWords(wire.attach ?? ''),
    手续费: billYuan(money.fee),
    费率: '0.60%',
    订单金额: billYuan(money.ordered),
    申请退款金额: billYuan(money.asked),
    费率备注: '',
    ...refundCells(trade, refund, money, day),
  };
}

function refundCells(
  trade: WechatTrade,
  refund: WechatTradeRefund | undefined,
  { refunded }: RowMoney,
  { madeAt }: BillDay,
): Cells {
  if (refund === undefined) return { 退款金额: NOTHING, 充值券退款金额: NOTHING };
  const word = refundWordAt(refund, madeAt);
  return {
    退款申请时间: beijingClock(refund.createdAt),
    退款成功时间: word === 'SUCCESS' && refund.settledAt !== undefined ? beijingClock(refund.settledAt) : '',
    微信退款单号: refund.providerReference,
    // A reversal has no number of the merchant's.
    商户退款单号: trade.wire.reversed ? '' : refund.reference,
    退款金额: billYuan(refunded),
    充值券退款金额: NOTHING,
    退款类型: 'ORIGINAL',
    退款状态: word,
  };
}
