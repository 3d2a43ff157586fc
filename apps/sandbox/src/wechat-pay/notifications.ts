import { randomUUID } from 'node:crypto';
import type { NotificationPlan } from '../frame/notifier.js';
import { sealText } from './aead-aes-256-gcm.js';
import { beijingTime } from './beijing-time.js';
import { combinationView } from './combine-view.js';
import type { WechatContext } from './context.js';
import { requestId } from './identifiers.js';
import type { WechatTrade, WechatTradeRefund } from './order.js';
import { orderView } from './order-view.js';
import { refundStatus } from './refund-state.js';
import { refundNotice } from './refund-view.js';
import { sealHeaders } from './seal.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** wechatpay v3: notification retry ladder, 15 retries over 24 h 4 min (protocol §6). */
export const NOTIFICATION_LADDER: readonly number[] = [
  15 * SECOND,
  15 * SECOND,
  30 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  3 * HOUR,
  3 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
];

/** What a notification says, in the clear. */
interface Notice {
  readonly eventType: string;
  readonly summary: string;
  readonly originalType: 'transaction' | 'refund';
  readonly content: unknown;
}

/** TRANSACTION.SUCCESS to the order's notify_url; one for all orders that were combined, to who combined them. */
export function notifyPayment(trade: WechatTrade, context: WechatContext): void {
  const combination = trade.batch && context.combinations.find(trade.batch.account, trade.batch.reference);
  notify(combination ?? trade, trade.notifyUrl, context, {
    eventType: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    originalType: 'transaction',
    content: combination === undefined ? orderView(trade, context.users) : combinationView(combination),
  });
}

const REFUND_SUMMARY = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' } as const;

/** REFUND.{status}, when the refund brought a notify_url: without one, production has nowhere to send v3 to. */
export function notifyRefund(trade: WechatTrade, refund: WechatTradeRefund, context: WechatContext): void {
  const status = refundStatus(refund);
  if (status === 'PROCESSING') return;
  notify(trade, refund.wire.notifyUrl, context, {
    eventType: `REFUND.${status}`,
    summary: REFUND_SUMMARY[status],
    originalType: 'refund',
    content: refundNotice(trade, refund),
  });
}

/** The notice keeps its id over all attempts; encryption, timestamp, nonce and signature are new each time. */
function notify(
  order: Pick<WechatTrade, 'account' | 'reference'>,
  url: string | undefined,
  context: WechatContext,
  notice: Notice,
): void {
  if (url === undefined) return;
  const head = { id: randomUUID(), create_time: beijingTime(context.frame.clock.now()) };
  const { account, reference } = order;
  context.frame.notifier.send(notificationPlan({ account, reference, url, head, notice }, context));
}

/** A notice with its address and what stays the same over all attempts. */
export interface NoticeMemo {
  readonly account: string;
  readonly reference: string;
  readonly url: string;
  readonly head: { readonly id: string; readonly create_time: string };
  readonly notice: Notice;
}

export function notificationPlan(memo: NoticeMemo, context: WechatContext): NotificationPlan {
  const { reference, url, head, notice } = memo;
  const account = context.accountOf(memo);
  return {
    provider: 'wechat_pay',
    account: account.name,
    reference,
    url,
    memo,
    ladder: NOTIFICATION_LADDER,
    accepted: (status) => status === 200 || status === 204,
    async build(tamperings, spoiling) {
      const sealed = envelope(notice, spoiling.content(JSON.stringify(notice.content)), account.api_v3_key);
      const body = spoiling.body(JSON.stringify({ ...head, ...sealed }));
      // A retry goes out in the key mode of its own day.
      const signing = await context.platform.forNotification(
        context.accountOf(memo),
        head.id,
        context.frame.clock.now(),
      );
      const seal = await sealHeaders(body, signing, tamperings);
      return { body, headers: { ...NOTIFICATION_HEADERS, 'Request-ID': requestId(), ...seal } };
    },
  };
}

const NOTIFICATION_HEADERS = { 'Content-Type': 'application/json', Accept: '*/*', 'User-Agent': 'Mozilla/4.0' };

/** `associated_data` equals `original_type` in real captures, and is always there: an SDK trips over its absence. */
function envelope(notice: Notice, content: string, apiV3Key: string): Readonly<Record<string, unknown>> {
  return {
    resource_type: 'encrypt-resource',
    event_type: notice.eventType,
    summary: notice.summary,
    resource: {
      original_type: notice.originalType,
      ...sealText(content, apiV3Key, notice.originalType),
    },
  };
}
