import type { AlipayTrade } from './alipay-trade.js';
import type { BizContent } from './biz-content.js';
import { tradeRefusal } from './gateway-refusal.js';
import type { Call } from './methods.js';
import { existing } from './named-trade.js';
import type { OrderDesk } from './order-desk.js';
import { buyerAnswer, numbers, type TradeAnswer } from './trade-answers.js';

/** What a credit order came to, as the merchant tells it: one report per out_request_no. */
export interface OrderReport {
  readonly outRequestNo: string;
  readonly bizType: string;
  readonly status: string;
}

/** 信用授权 and 信用代扣: the two scenes in which Alipay wants to know. */
const BIZ_TYPES = ['CREDIT_AUTH', 'CREDIT_DEDUCT'];

/** After these nothing more is to be told. */
const FINAL = ['COMPLETE', 'CLOSED'];

/**
 * alipay.trade.orderinfo.sync. The same report again answers as the first one did; another one under its number is a
 * wrong parameter, and one after the end ACQ.NOTIFY_STATUS_INVALID. @throws GatewayRefusal
 */
export function syncOrderInfo(call: Call, desk: OrderDesk): TradeAnswer {
  const report = readReport(call.biz);
  call.biz.required('trade_no', 64);
  const trade = existing(call, desk);
  keep(trade, report);
  return { ...numbers(trade), ...buyerAnswer(trade) };
}

function readReport(biz: BizContent): OrderReport {
  const outRequestNo = biz.required('out_request_no', 64);
  const bizType = biz.required('biz_type', 64);
  if (!BIZ_TYPES.includes(bizType)) throw tradeRefusal('INVALID_PARAMETER', 'biz_type');
  return { outRequestNo, bizType, status: statusOf(biz.text('order_biz_info', 2_018)) };
}

/** `{"status":"COMPLETE"}` as JSON text. */
function statusOf(info: string | undefined): string {
  const { status } = parsedObject(info);
  if (typeof status === 'string' && /^[A-Z_]{1,32}$/.test(status)) return status;
  throw tradeRefusal('NOTIFY_STATUS_INVALID', 'order_biz_info.status');
}

function parsedObject(info: string | undefined): { readonly status?: unknown } {
  try {
    return Object(JSON.parse(info ?? '')) as { readonly status?: unknown };
  } catch {
    throw tradeRefusal('INVALID_PARAMETER', 'order_biz_info');
  }
}

function keep(trade: AlipayTrade, report: OrderReport): void {
  const reports = trade.wire.reports ?? [];
  const same = reports.find(({ outRequestNo }) => outRequestNo === report.outRequestNo);
  if (same !== undefined) return checkSame(same, report);
  const last = reports.at(-1);
  if (last !== undefined && FINAL.includes(last.status)) throw tradeRefusal('NOTIFY_STATUS_INVALID');
  trade.wire.reports = [...reports, report];
}

function checkSame(known: OrderReport, { bizType, status }: OrderReport): void {
  if (known.bizType !== bizType || known.status !== status) throw tradeRefusal('INVALID_PARAMETER', 'out_request_no');
}
