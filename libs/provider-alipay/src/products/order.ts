import { Rejected, type PrepareRequest } from '@hutong/payment-port';
import { beijingTime, fenToYuan, fitBytes, plainText } from '@hutong/provider-kit';
import type { Addresses, BizContent } from '../alipay.client.js';

const MINUTE_MS = 60_000;
const LONGEST_MS = 15 * 24 * 60 * MINUTE_MS;
/** S(256) on both notify_url and return_url. */
const MAX_URL = 256;

/**
 * The part of biz_content that every way to order shares.
 * @throws Rejected invalid_request when the order would end in less than a minute or more than 15 days, which
 * time_expire does not take (field comments of the official models)
 */
export function orderContent(request: PrepareRequest, productCode: string): BizContent {
  // time_expire has whole seconds; rounded down, so that no order outlives its payment.
  const endsAt = Math.floor(request.expiresAt.getTime() / 1_000) * 1_000;
  const lifeMs = endsAt - request.requestedAt.getTime();
  if (lifeMs < MINUTE_MS) throw invalid('time_expire', 'An Alipay order needs at least a minute to live.');
  if (lifeMs > LONGEST_MS) throw invalid('time_expire', 'An Alipay order lives 15 days at most.');
  return {
    out_trade_no: request.reference,
    total_amount: fenToYuan(request.amount.amount),
    subject: subjectOf(request.description),
    product_code: productCode,
    time_expire: beijingTime(new Date(endsAt)),
  };
}

/** Where Alipay reports to. @throws Rejected invalid_request when the address is longer than the wire takes */
export function notifyAddress({ notifyUrl }: PrepareRequest): Addresses {
  return { notify_url: fitting('notify_url', notifyUrl) };
}

/** The same, and where a page sends the browser afterwards. @throws Rejected invalid_request */
export function pageAddresses(request: PrepareRequest): Addresses {
  const { returnUrl } = request;
  const reported = notifyAddress(request);
  return returnUrl === undefined ? reported : { ...reported, return_url: fitting('return_url', returnUrl) };
}

/** Without `/`, `=`, `&` and invisible joiners, within 256 bytes (the pages say S(256) and forbid those three), never empty. */
export function subjectOf(description: string): string {
  const text = plainText(description.replace(/[/=&\s]/g, ' ').replace(/\p{Cf}/gu, ''));
  return fitBytes(text, 256).trim() || '商品';
}

function fitting(name: string, url: string): string {
  if (url.length > MAX_URL) throw invalid(name, `${name} has ${MAX_URL} characters at most.`);
  return url;
}

function invalid(code: string, message: string): Rejected {
  return new Rejected(message, { provider: 'alipay', operation: 'prepare', reason: 'invalid_request', code });
}
