import { randomBytes } from 'node:crypto';
import type { AccountWish } from '../frame/accounts.js';
import { ControlError } from '../frame/control-error.js';
import { missing } from './body-rules.js';
import { appIdAtRandom, digits } from './identifiers.js';
import type { WechatTrade } from './order.js';
import { invalidRequest, parameterError, WechatError } from './wechat-error.js';

/** A merchant that places no calls of its own: its partner does. */
export interface SubMerchant {
  readonly name: string;
  readonly sub_mchid: string;
  readonly sub_appid: string;
  readonly app_secret: string;
}

/** Of an account that is a service provider (protocol §15); absent for a merchant of its own. */
export interface Partnership {
  readonly sub_merchants?: readonly SubMerchant[];
}

export const isPartner = (account: Partnership): boolean => account.sub_merchants !== undefined;

const MOST = 100;

/** `partner: true` with the names of its sub merchants, one when none is named. @throws ControlError 400 */
export function partnershipOf(wish: AccountWish): Partnership {
  const { partner = false, sub_merchants: names } = wish;
  if (typeof partner !== 'boolean') throw new ControlError(400, 'partner must be true or false.');
  if (!partner && names !== undefined) throw new ControlError(400, 'sub_merchants belong to a partner: partner: true.');
  return partner ? { sub_merchants: namesOf(names ?? ['shop-1']).map(subMerchant) } : {};
}

function namesOf(value: unknown): readonly string[] {
  const fits =
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST &&
    new Set(value).size === value.length &&
    value.every((name) => typeof name === 'string' && name !== '');
  if (!fits) throw new ControlError(400, `sub_merchants must be a list of 1 to ${MOST} different names.`);
  return value as readonly string[];
}

const subMerchant = (name: string): SubMerchant => ({
  name,
  sub_mchid: `17${digits(8)}`,
  sub_appid: appIdAtRandom(),
  app_secret: randomBytes(16).toString('hex'),
});

/** The account's sub merchant of that number. @throws WechatError in the order of the real server's numbers (protocol §15) */
export function relatedSubMerchant(
  subMchid: string | null | undefined,
  account: Partnership & { readonly mchid: string },
  at: string,
): SubMerchant {
  if (!subMchid) throw missing(at, '子商户号', 268443704);
  if (subMchid === account.mchid) throw invalidRequest('子商户号不能与服务商商户号相同', 268443705);
  const related = account.sub_merchants?.find(({ sub_mchid }) => sub_mchid === subMchid);
  if (related === undefined)
    throw new WechatError(403, 'NO_AUTH', '服务商与子商户号关系不存在', { internal: 268443701 });
  return related;
}

/** For calls that both modes make at one address: a partner's name a sub merchant, others none. @throws WechatError */
export function subMchidIn(
  given: string | null | undefined,
  account: Partnership & { readonly mchid: string },
  at: string,
): string | undefined {
  if (isPartner(account)) return relatedSubMerchant(given, account, at).sub_mchid;
  if (given) throw parameterError(`参数中含有非法的额外参数：“${at}”`, undefined, 270924358);
  return undefined;
}

/** @throws WechatError when a partner's order is another sub merchant's; undefined: it is no partner's */
export function refuseOtherSubMerchant(trade: WechatTrade, subMchid: string | undefined): void {
  if (subMchid === undefined || trade.wire.sub?.mchid === subMchid) return;
  throw parameterError('子商户号和订单信息不匹配', subMchid, 268447845);
}

/** Whom calls are for: merchants of their own and partners have different paths. @throws WechatError 403 NO_AUTH */
export function refuseOtherMode(account: Partnership, mode: 'merchant' | 'partner'): void {
  if (isPartner(account) === (mode === 'partner')) return;
  const words = mode === 'partner' ? '商户号不是服务商，请使用直连商户接口' : '商户号是服务商，请使用服务商接口';
  throw new WechatError(403, 'NO_AUTH', words);
}
