import {
  UntrustedMessage,
  type Acknowledgement,
  type Notification,
  type NotificationVerdict,
  type Notifications,
  type RawMessage,
} from '@hutong/payment-port';
import { singleHeader } from '@hutong/provider-kit';
import { textField, objectField, type JsonObject } from './json-fields.js';
import type { Merchant } from './merchant.js';
import { readEnvelope, type Envelope } from './notification-envelope.js';
import { moneyField, orderSnapshot } from './order-snapshot.js';
import { refundSnapshot } from './refund-snapshot.js';
import type { WechatPayClient } from './wechat-pay.client.js';

/** Sources: pay.weixin.qq.com/doc/v3/merchant/4012791861 (payments) and /4013071196 (refunds). */
export function wechatNotifications(client: WechatPayClient): Notifications {
  return {
    parse: (message) => parse(client, message),
    acknowledge: (verdict) => ACKNOWLEDGEMENTS[verdict],
  };
}

/** Verify, decrypt, read: in this order. */
async function parse(client: WechatPayClient, message: RawMessage): Promise<Notification> {
  await client.verify({
    operation: 'notification',
    header: (name) => singleHeader(message, name),
    body: message.body,
  });
  const envelope = readEnvelope(client.merchant.apiV3Key, message.body);
  const notification = envelope && understand(client.merchant, envelope);
  if (notification === undefined) throw unreadable();
  return notification;
}

function understand(merchant: Merchant, envelope: Envelope): Notification | undefined {
  const { id, eventType } = envelope;
  if (eventType === 'TRANSACTION.SUCCESS') return paymentNews(merchant, envelope);
  if (REFUND_EVENTS.has(eventType)) return refundNews(envelope);
  return { subject: 'other', id, kind: eventType };
}

function paymentNews(merchant: Merchant, { id, originalType, content }: Envelope): Notification | undefined {
  const reference = textField(content, 'out_trade_no');
  const snapshot = orderSnapshot(merchant, content);
  if (originalType !== 'transaction' || reference === undefined || snapshot === undefined) return undefined;
  return { subject: 'payment', id, reference, snapshot };
}

const REFUND_EVENTS: ReadonlySet<string> = new Set(['REFUND.SUCCESS', 'REFUND.ABNORMAL', 'REFUND.CLOSED']);

/** A refund's notification names no app id: the merchant number alone says whose money box it is. */
function refundNews({ id, eventType, originalType, content }: Envelope): Notification | undefined {
  const reference = textField(content, 'out_trade_no');
  const refundReference = textField(content, 'out_refund_no');
  const payee = textField(content, 'mchid');
  const snapshot = refundIn(content);
  if (originalType !== 'refund' || eventType !== `REFUND.${textField(content, 'refund_status')}`) return undefined;
  if (!reference || !refundReference || !payee || !snapshot) return undefined;
  return { subject: 'refund', id, reference, refundReference, payee, snapshot };
}

function refundIn(content: JsonObject): ReturnType<typeof refundSnapshot> {
  const amount = moneyField(objectField(content, 'amount'), 'refund');
  return amount && refundSnapshot(textField(content, 'refund_status'), content, amount);
}

/** 4xx and 5xx ask for another delivery. A mismatch is acknowledged: sending it again would not change what it says. */
const ACKNOWLEDGEMENTS = {
  accepted: { status: 204, contentType: 'application/json', body: '' },
  mismatch: { status: 204, contentType: 'application/json', body: '' },
  untrusted: failure(401, 'the signature does not hold'),
  failed: failure(500, 'not stored, please send it again'),
} as const satisfies Readonly<Record<NotificationVerdict, Acknowledgement>>;

function failure(status: number, message: string): Acknowledgement {
  return { status, contentType: 'application/json', body: JSON.stringify({ code: 'FAIL', message }) };
}

function unreadable(): UntrustedMessage {
  return new UntrustedMessage('The notification is signed, but it is not one that WeChat Pay documents.', {
    provider: 'wechat_pay',
    operation: 'notification',
  });
}
