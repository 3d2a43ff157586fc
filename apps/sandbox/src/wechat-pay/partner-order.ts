import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import { bodyOf } from './body-rules.js';
import { closeFor } from './close-order.js';
import type { WechatContext } from './context.js';
import type { Product, SubOrder } from './order.js';
import { contentOf, type OrderBody, orderOf, refuseForeignAppid, refuseForeignMchid } from './order-body.js';
import { PARTNER_CLOSE_RULES, PARTNER_ORDER_RULES, PARTNER_REVERSE_RULES } from './partner-rules.js';
import { relatedSubMerchant, type SubMerchant } from './partnership.js';
import { reverseFor } from './reverse-order.js';
import { parameterError, WechatError } from './wechat-error.js';

interface PartnerBody extends Omit<OrderBody, 'appid' | 'mchid' | 'payer' | 'sub' | 'content'> {
  readonly sp_appid: string;
  readonly sp_mchid: string;
  readonly sub_appid?: string;
  readonly sub_mchid?: string;
  readonly payer?: { readonly sp_openid?: string; readonly sub_openid?: string; readonly auth_code?: string };
}

/** A partner's order for one of its sub merchants, read into what both modes share. @throws WechatError */
export function partnerOrderBodyOf(bytes: Buffer, product: Product, account: WechatAccount): OrderBody {
  const body = bodyOf(bytes, PARTNER_ORDER_RULES[product]) as unknown as PartnerBody;
  const { sp_appid: appid, sp_mchid: mchid, payer, ...rest } = body;
  const openid = product === 'jsapi' ? payerOf(body) : undefined;
  const { auth_code } = payer ?? {};
  const asOne = {
    ...rest,
    appid,
    mchid,
    payer: { ...(openid && { openid }), ...(auth_code && { auth_code }) },
    content: contentOf(body),
  };
  return { ...orderOf(asOne, account), sub: subOrderOf(body, account) };
}

/** Known under the partner's appid or under the sub merchant's, not both (protocol §15). */
function payerOf({ payer = {} }: PartnerBody): string {
  const { sp_openid: sp, sub_openid: sub } = payer;
  const openid = sp ?? sub;
  if (openid === undefined || (sp !== undefined && sub !== undefined))
    throw parameterError('sp_openid和sub_openid必须且只能传其中之一', undefined, 268501013);
  return openid;
}

function subOrderOf(body: PartnerBody, account: WechatAccount): SubOrder {
  const sub = relatedSubMerchant(body.sub_mchid, account, '/body/sub_mchid');
  refuseForeignSubAppid(body.sub_appid, sub);
  const bySub = body.payer?.sub_openid !== undefined;
  if (bySub && body.sub_appid === undefined)
    throw parameterError('传入sub_openid时，sub_appid必填', undefined, 268501013);
  return { mchid: sub.sub_mchid, appid: body.sub_appid, payerAppid: bySub ? sub.sub_appid : account.appid };
}

/** @throws WechatError when the appid is not the sub merchant's */
export function refuseForeignSubAppid(appid: string | undefined, sub: SubMerchant): void {
  if (appid === undefined || appid === sub.sub_appid) return;
  throw new WechatError(400, 'APPID_MCHID_NOT_MATCH', 'sub_appid和sub_mchid不匹配，请检查后再试', {
    internal: 268445527,
  });
}

/** POST /v3/pay/partner/transactions/out-trade-no/{out_trade_no}/close */
export function closePartnerOrder(arrived: Arrived, account: WechatAccount, context: WechatContext): void {
  const body = bodyOf(arrived.body, PARTNER_CLOSE_RULES);
  refuseForeignMchid(body['sp_mchid'], account);
  const sub = relatedSubMerchant(body['sub_mchid'] as string | undefined, account, '/body/sub_mchid');
  closeFor(arrived, account, context, sub.sub_mchid);
}

/** POST /v3/pay/partner/transactions/out-trade-no/{out_trade_no}/reverse */
export function reversePartnerOrder(
  arrived: Arrived,
  account: WechatAccount,
  context: WechatContext,
): Readonly<Record<string, string>> {
  const body = bodyOf(arrived.body, PARTNER_REVERSE_RULES) as unknown as PartnerBody;
  refuseForeignMchid(body.sp_mchid, account);
  refuseForeignAppid(body.sp_appid, account);
  const sub = relatedSubMerchant(body.sub_mchid, account, '/body/sub_mchid');
  refuseForeignSubAppid(body.sub_appid, sub);
  const { reference } = reverseFor(arrived, account, context, sub.sub_mchid);
  return {
    sp_appid: account.appid,
    sp_mchid: account.mchid,
    ...(body.sub_appid && { sub_appid: body.sub_appid }),
    sub_mchid: sub.sub_mchid,
    out_trade_no: reference,
  };
}
