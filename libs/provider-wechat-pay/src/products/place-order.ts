import type { PrepareRequest } from '@hutong/payment-port';
import { beijingRfc3339, fitBytes, plainText } from '@hutong/provider-kit';
import { textField, type JsonObject } from '../json-fields.js';
import type { WechatPayClient } from '../wechat-pay.client.js';
import { unknownOutcome } from '../wechat-pay.errors.js';

/** A prepay id and a Native code live for two hours, whatever the order's own expiry. */
export const PREPAY_MS = 2 * 60 * 60 * 1_000;

export interface OrderKind {
  /** The last part of the path: `/v3/pay/transactions/{trade}`. */
  readonly trade: 'app' | 'jsapi' | 'h5' | 'native';
  readonly appid: string;
  /** What this trade asks for beside the common fields. */
  readonly extra?: JsonObject;
  /** The field of the answer that the payer's device needs. */
  readonly answers: 'prepay_id' | 'h5_url' | 'code_url';
}

/** Places an order and answers the one field that comes back. @throws as `WechatPayClient.call` */
export async function placeOrder(client: WechatPayClient, kind: OrderKind, request: PrepareRequest): Promise<string> {
  const operation = `order_${kind.trade}`;
  const { expiresAt, notifyUrl } = request;
  const body = {
    ...orderBody(client.merchant.mchid, kind.appid, request),
    time_expire: beijingRfc3339(expiresAt),
    notify_url: notifyUrl,
    ...kind.extra,
  };
  const answer = await client.ask({ operation, method: 'POST', path: `/v3/pay/transactions/${kind.trade}`, body });
  const value = textField(answer, kind.answers);
  if (value === undefined) throw unknownOutcome(operation, `the answer has no ${kind.answers}`);
  return value;
}

/** When the action ends: with the payment, or earlier with what WeChat Pay handed out for so long. */
export function actionExpiry({ requestedAt, expiresAt }: PrepareRequest, lifetimeMs: number): Date {
  return new Date(Math.min(expiresAt.getTime(), requestedAt.getTime() + lifetimeMs));
}

/** What every order says, whoever pays it and how. */
export function orderBody(mchid: string, appid: string, request: PrepareRequest): JsonObject {
  return {
    appid,
    mchid,
    description: orderDescription(request.description),
    out_trade_no: request.reference,
    amount: { total: request.amount.amount, currency: request.amount.currency },
  };
}

/** Limits of this wire are counted in bytes, and no character may need four of them. */
const DESCRIPTION_BYTES = 127;
/** What the payer reads when nothing readable is left. */
const NAMELESS = '商品';

function orderDescription(text: string): string {
  const fitting = fitBytes(plainText(text), DESCRIPTION_BYTES);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(fitting) ? fitting : NAMELESS;
}
