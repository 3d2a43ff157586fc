import {
  UntrustedMessage,
  type Acknowledgement,
  type Notification,
  type Notifications,
  type NotificationVerdict,
  type RawMessage,
} from '@hutong/payment-port';
import { rsaVerify } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import type { AlipayClient } from './alipay.client.js';
import type { Fields } from './message-fields.js';
import { readFields, readForm, signedTexts, type FormBytes } from './notification-form.js';
import { readTrade, type Wording } from './trade-facts.js';

const WORDING: Wording = { paymentDate: 'gmt_payment', payerIds: ['buyer_open_id', 'buyer_id'] };

/** Exactly `success` stops the retries (opendocs open/270/105902); a mismatch must not be answered with it. */
const ANSWERS: Readonly<Record<NotificationVerdict, readonly [status: number, body: string]>> = {
  accepted: [200, 'success'],
  mismatch: [200, 'fail'],
  untrusted: [401, 'fail'],
  failed: [500, 'fail'],
};

export function alipayNotifications(client: AlipayClient): Notifications {
  return {
    parse: (message) => parse(client, message),
    acknowledge: (verdict) => acknowledgement(verdict),
  };
}

/** Every way in which a message may not hold ends in the same error; the reason is for the log only. */
async function parse(client: AlipayClient, message: RawMessage): Promise<Notification> {
  try {
    const form = readForm(message);
    await verify(client, form);
    return notificationOf(client, readFields(form));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'is unreadable';
    throw new UntrustedMessage(`The notification ${why}.`, { provider: 'alipay', operation: 'notification', cause });
  }
}

/**
 * RSA2 because our account says so; what the message says in sign_type chooses nothing. In certificate mode any key that
 * Alipay signs with will do, and one that the message names is fetched where none of them does.
 */
async function verify(client: AlipayClient, form: FormBytes): Promise<void> {
  if (form.get('sign_type') !== 'RSA2') throw new Error('is not signed with RSA2');
  const sign = form.get('sign') ?? '';
  const texts = signedTexts(form);
  const holds = (keys: readonly KeyObject[]) => keys.some((key) => texts.some((text) => rsaVerify(key, text, sign)));
  if (holds(await client.keysFor(undefined))) return;
  const named = form.get('alipay_cert_sn');
  if (named === undefined || !holds(await client.keysFor(named))) throw new Error('has no signature that holds');
}

function notificationOf(client: AlipayClient, fields: Fields): Notification {
  const id = needed(fields, 'notify_id');
  const kind = needed(fields, 'notify_type');
  if (kind !== 'trade_status_sync') return { subject: 'other', id, kind };
  const payee = payeeOf(client, fields);
  const snapshot = readTrade(fields, WORDING, payee);
  const reference = needed(fields, 'out_trade_no');
  if (snapshot === 'unlisted') return { subject: 'other', id, kind: `${kind}:${needed(fields, 'trade_status')}` };
  if (snapshot.state === 'refunded') return refundNews(fields, { id, reference, payee });
  // What names no payee can't be compared by the core, so a stranger's news must stop here.
  if (snapshot.state !== 'paid' && payee !== client.sellerId) throw new Error('is about another account');
  return { subject: 'payment', id, reference, snapshot };
}

/**
 * A refund, not a payment: Alipay tells it by repeating the trade's state with refund marks. `refund_fee` is the sum of
 * all refunds so far, so this one's amount is not in the message: `processing` makes the core ask for it. A refund
 * made without a number of ours (in Alipay's console, say) carries none, or the trade's own number.
 */
function refundNews(fields: Fields, about: { id: string; reference: string; payee: string }): Notification {
  const refundReference = fields('out_biz_no');
  if (refundReference === undefined || refundReference === fields('trade_no')) {
    return { subject: 'other', id: about.id, kind: 'trade_status_sync:refund' };
  }
  return { subject: 'refund', ...about, refundReference, snapshot: { state: 'processing' } };
}

/** The seller, when the message is for our app; anything else is spelt so that it never equals a seller. */
function payeeOf(client: AlipayClient, fields: Fields): string {
  const appId = fields('app_id') ?? '';
  const sellerId = fields('seller_id') ?? '';
  return appId === client.appId && sellerId !== '' ? sellerId : `${appId}/${sellerId}`;
}

function acknowledgement(verdict: NotificationVerdict): Acknowledgement {
  const [status, body] = ANSWERS[verdict];
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

function needed(fields: Fields, name: string): string {
  const value = fields(name);
  if (value === undefined) throw new Error(`has no ${name}`);
  return value;
}
