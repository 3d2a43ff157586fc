import type { NotificationPlan, Notifier, OutgoingNotification } from '../frame/notifier.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { BodySpoiling } from '../frame/body-spoiling.js';
import type { Tamperings } from '../frame/fault-rule.js';
import type { AlipayKeys } from './alipay-keys.js';
import { type AlipayRefund, type AlipayTrade, buyerFields, tradeStatus } from './alipay-trade.js';
import { formatBeijing, formatBeijingMillis } from './beijing-time.js';
import { type Charset, encodeText } from './charset.js';
import { maskedLogon, newNotifyId } from './identifiers.js';
import { notificationForm, withoutBlanks } from './notification-form.js';
import { alipaySignature } from './signer.js';
import { notificationStringToSign } from './string-to-sign.js';
import { formatYuan } from './yuan.js';

const MINUTE_MS = 60_000;

/** 25 hours, eight deliveries (opendocs "异步通知说明"). */
export const NOTIFY_LADDER: readonly number[] = [4, 10, 10, 60, 120, 360, 900].map((minutes) => minutes * MINUTE_MS);

/** What a notification says, and where to; its signature is new each time. */
export interface TradeNotice {
  readonly account: string;
  readonly reference: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly charset: Charset;
}

/** trade_status_sync: the form that Alipay posts to the notify_url of the ordering call. */
export class TradeNotices {
  constructor(
    private readonly notifier: Notifier,
    private readonly clock: SandboxClock,
    private readonly keys: AlipayKeys,
  ) {}

  paid(trade: AlipayTrade): void {
    this.send(trade, {});
  }

  /** A partial refund comes as another TRADE_SUCCESS; the one that empties the trade as TRADE_CLOSED with gmt_close. */
  refunded(trade: AlipayTrade, refund: AlipayRefund): void {
    const at = (refund.settledAt ?? refund.createdAt).getTime();
    this.send(trade, {
      out_biz_no: refund.reference === trade.reference ? trade.providerReference : refund.reference,
      refund_fee: formatYuan(trade.refunded),
      gmt_refund: formatBeijingMillis(at),
      gmt_close: trade.state === 'refunded' ? formatBeijing(at) : undefined,
    });
  }

  /** Nobody paid. */
  closed(trade: AlipayTrade): void {
    this.send(trade, { gmt_close: trade.closedAt && formatBeijing(trade.closedAt.getTime()) });
  }

  private send(trade: AlipayTrade, event: Readonly<Record<string, string | undefined>>): void {
    if (trade.notifyUrl === undefined) return;
    const now = this.clock.now();
    const fields = withoutBlanks({ ...tradeFields(trade, now), ...event, notify_id: newNotifyId(now) });
    const { account, reference, notifyUrl: url, wire } = trade;
    this.notifier.send(this.plan({ account, reference, url, fields, charset: wire.charset }));
  }

  plan(notice: TradeNotice): NotificationPlan {
    const { account, reference, url, fields, charset } = notice;
    return {
      provider: 'alipay',
      account,
      reference,
      url,
      build: (tamperings, spoiling) => this.sign(fields, charset, tamperings, spoiling),
      accepted: (status, body) => status === 200 && body === 'success',
      ladder: NOTIFY_LADDER,
      memo: notice,
    };
  }

  /** Retries keep the notify_id; the time they are sent, and so the signature, is new. */
  private async sign(
    event: Readonly<Record<string, string>>,
    charset: Charset,
    tamperings: Tamperings,
    spoiling: BodySpoiling,
  ): Promise<OutgoingNotification> {
    const said = JSON.parse(spoiling.content(JSON.stringify(event))) as typeof event;
    const fields = { ...said, notify_time: formatBeijing(Date.now()), sign_type: 'RSA2' };
    const bytes = encodeText(notificationStringToSign(fields), charset);
    const signature = (await alipaySignature(bytes, this.keys, tamperings)) ?? '';
    return {
      headers: {
        'content-type': `application/x-www-form-urlencoded; charset=${charset}`,
        'user-agent': 'Mozilla/4.0',
      },
      body: spoiling.body(notificationForm({ ...fields, sign: signature }, charset), 'form'),
    };
  }
}

function tradeFields(trade: AlipayTrade, now: Date): Readonly<Record<string, string | undefined>> {
  const { wire, payer, paidAt } = trade;
  const amount = formatYuan(trade.amount);
  return {
    notify_type: 'trade_status_sync',
    app_id: wire.appId,
    auth_app_id: wire.appId,
    charset: wire.charset,
    version: '1.0',
    trade_no: trade.providerReference,
    out_trade_no: trade.reference,
    ...buyerFields(trade, 'buyer_id'),
    buyer_logon_id: payer && maskedLogon(payer.id),
    seller_id: wire.sellerId,
    trade_status: tradeStatus(trade, now),
    total_amount: amount,
    ...(paidAt && paidFields(amount, paidAt)),
    subject: trade.description,
    body: wire.body,
    passback_params: wire.passbackParams,
    gmt_create: wire.bornAt === undefined ? undefined : formatBeijing(wire.bornAt),
  };
}

function paidFields(amount: string, paidAt: Date): Readonly<Record<string, string>> {
  return {
    receipt_amount: amount,
    invoice_amount: amount,
    buyer_pay_amount: amount,
    point_amount: '0.00',
    gmt_payment: formatBeijing(paidAt.getTime()),
    // camelCase here, snake_case in the API: so it is on the wire.
    fund_bill_list: JSON.stringify([{ amount, fundChannel: 'ALIPAYACCOUNT' }]),
  };
}
