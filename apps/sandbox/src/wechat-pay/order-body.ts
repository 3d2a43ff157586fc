import { hash } from 'node:crypto';
import type { WechatAccount } from './account.js';
import { type Body, bodyOf } from './body-rules.js';
import type { Product, SubOrder } from './order.js';
import { ORDER_RULES } from './order-rules.js';
import { isPublicHost } from './public-host.js';
import type { Registrations } from './registrations.js';
import { parameterError, WechatError } from './wechat-error.js';

/** A judged order body, of either mode. */
export interface OrderBody {
  readonly appid: string;
  readonly mchid: string;
  readonly description: string;
  readonly out_trade_no: string;
  readonly notify_url?: string;
  readonly amount: { readonly total: number; readonly currency?: string };
  readonly attach?: string;
  readonly time_expire?: string;
  readonly payer?: { readonly openid?: string; readonly auth_code?: string };
  readonly scene_info?: { readonly device_id?: string; readonly payer_client_ip?: string };
  readonly sub?: SubOrder;
  /** Fingerprint of the body as it came. */
  readonly content: string;
}

/** Judges an order: fields, then whose it is, then what it points at. @throws WechatError */
export function orderBodyOf(bytes: Buffer, product: Product, account: WechatAccount): OrderBody {
  const body = bodyOf(bytes, ORDER_RULES[product]);
  return orderOf({ ...body, content: contentOf(body) } as Body as unknown as OrderBody, account);
}

/** What both modes have in common; the mode's own fields have been judged. @throws WechatError */
export function orderOf(order: OrderBody, account: WechatAccount): OrderBody {
  refuseForeignMchid(order.mchid, account);
  refuseForeignAppid(order.appid, account);
  refuseNotifyUrl(order.notify_url, account);
  refuseTime(order.time_expire, 'time_expire', '交易结束时间');
  return order;
}

/** @throws WechatError when a signed request speaks of another merchant (protocol §1.3, point 7) */
export function refuseForeignMchid(mchid: unknown, account: WechatAccount): void {
  if (mchid === account.mchid) return;
  throw parameterError('http header中的mchid与post payload中的mchid不匹配', mchid);
}

/** @throws WechatError when the appid is not bound to the merchant */
export function refuseForeignAppid(appid: unknown, account: WechatAccount): void {
  if (appid === account.appid) return;
  throw new WechatError(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试', { internal: 268445527 });
}

/**
 * Friendly: plain http and loopback addresses pass, which production and a strict account refuse. A query string is
 * refused everywhere. @throws WechatError
 */
export function refuseNotifyUrl(url: string | undefined, { strict = false }: Registrations): void {
  if (url === undefined) return;
  const parsed = /^https?:\/\//.test(url) && !url.includes('?') ? URL.parse(url) : null;
  const reachable = parsed?.protocol === 'https:' && isPublicHost(parsed.hostname);
  if (parsed !== null && (reachable || !strict)) return;
  throw parameterError('输入源“/body/notify_url”映射到值字段“通知地址”字符串规则校验失败，格式不符合要求', url);
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** @throws WechatError when it is no RFC 3339 time */
export function refuseTime(time: string | undefined, field: string, label: string): void {
  if (time === undefined || (RFC3339.test(time) && !Number.isNaN(Date.parse(time)))) return;
  throw parameterError(`输入源“/body/${field}”映射到值字段“${label}”字符串规则校验失败，格式不符合要求`, time);
}

/** What a body says, in 22 characters: repeated orders must say the same, in whatever order of keys. */
export function contentOf(body: unknown): string {
  return hash('sha256', JSON.stringify(inOrder(body)), 'buffer').toString('base64url', 0, 16);
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(value).toSorted()) ordered[name] = inOrder((value as Body)[name]);
  return ordered;
}
