import { ControlError } from '../frame/control-error.js';
import type { NextAction } from '../frame/next-action.js';
import type { WechatContext } from './context.js';
import { refuseUnopenable } from './open-rules.js';
import type { Product, WechatTrade } from './order.js';
import { openidFor } from './payer.js';
import { verifyRsaSha256 } from './rsa-sha256.js';

/** Where h5_url leads; production's host is recognised as well, for recorded URLs. */
export const H5_PATH = '/cgi-bin/mmpayweb-bin/checkmweb';

/** What WeChat does on the payer's device with a next action; undefined when it is for another wallet. */
export function openOrder(
  action: NextAction,
  payer: string | undefined,
  context: WechatContext,
): WechatTrade | undefined {
  const trade = recognised(action, context);
  if (trade === undefined) return undefined;
  const openid = openidFor(trade, payer);
  // Only somebody who was named takes an order: unnamed openings leave the choice to the payment.
  if (payer !== undefined) trade.wire.takenBy ??= openid;
  return trade;
}

function recognised(action: NextAction, context: WechatContext): WechatTrade | undefined {
  switch (action.type) {
    case 'redirect':
      return action.form === undefined ? byH5Url(action.url, context) : undefined;
    case 'show_qr_code':
      return byCode(action.content, context);
    case 'invoke_sdk':
      return bySdk(action.sdk, action.params, context);
  }
}

function byH5Url(url: string, context: WechatContext): WechatTrade | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, searchParams } = new URL(url);
  return pathname === H5_PATH ? byPrepayId(searchParams.get('prepay_id') ?? '', 'h5', context) : undefined;
}

function byCode(content: string, context: WechatContext): WechatTrade | undefined {
  if (!content.startsWith('weixin://wxpay/bizpayurl')) return undefined;
  const trade = context.book.named(content);
  if (trade === undefined) throw new ControlError(404, '二维码已失效 (no order has this code now)');
  refuseUnopenable(
    trade,
    trade.wire.prepays.find(({ id }) => id === content),
    context,
  );
  return trade;
}

/** The order of a prepay id that is still good. @throws ControlError */
export function byPrepayId(id: string, product: Product, context: WechatContext): WechatTrade {
  const trade = context.book.named(id);
  if (trade === undefined) throw new ControlError(404, `支付请求已失效 (no prepay_id ${id || 'given'})`);
  if (trade.wire.product !== product) {
    throw new ControlError(400, `prepay_id belongs to a ${trade.wire.product} order; this opens ${product} orders.`);
  }
  refuseUnopenable(
    trade,
    trade.wire.prepays.find((prepay) => prepay.id === id),
    context,
  );
  return trade;
}

type Params = Readonly<Record<string, string>>;

function bySdk(sdk: string, params: Params, context: WechatContext): WechatTrade | undefined {
  switch (sdk) {
    case 'wechat_jsapi':
      return byJsapi(params, need(params, 'appId'), context);
    case 'wechat_mini_program':
      // wx.requestPayment takes no appId: the running mini-program is the one.
      return byJsapi(params, params['appId'], context);
    case 'wechat_app':
      return byApp(params, context);
    default:
      return undefined;
  }
}

/** Signed lines: appId, timeStamp, nonceStr, `prepay_id=…` (protocol §3.4). */
function byJsapi(params: Params, appId: string | undefined, context: WechatContext): WechatTrade {
  const pack = need(params, 'package');
  if (!pack.startsWith('prepay_id=')) throw new ControlError(400, 'package must be prepay_id=<prepay_id>.');
  if (need(params, 'signType') !== 'RSA') throw new ControlError(400, 'signType must be RSA on APIv3.');
  const trade = byPrepayId(pack.slice('prepay_id='.length), 'jsapi', context);
  refuseForeignApp(trade, appId);
  const lines = [trade.wire.appid, need(params, 'timeStamp'), need(params, 'nonceStr'), pack];
  refuseWrongSign(lines, need(params, 'paySign'), trade, context);
  return trade;
}

/** Signed lines: appid, timestamp, noncestr, the bare prepay id (protocol §3.4). */
function byApp(params: Params, context: WechatContext): WechatTrade {
  const prepayId = need(params, 'prepayid');
  if (need(params, 'package') !== 'Sign=WXPay') throw new ControlError(400, 'package must be Sign=WXPay.');
  const trade = byPrepayId(prepayId, 'app', context);
  refuseForeignApp(trade, need(params, 'appid'));
  if (need(params, 'partnerid') !== trade.wire.mchid)
    throw new ControlError(400, 'partnerid is not the mchid of the order.');
  const lines = [trade.wire.appid, need(params, 'timestamp'), need(params, 'noncestr'), prepayId];
  refuseWrongSign(lines, need(params, 'sign'), trade, context);
  return trade;
}

function refuseForeignApp(trade: WechatTrade, appid: string | undefined): void {
  if (appid === undefined || appid === trade.wire.appid) return;
  throw new ControlError(400, `The order was placed by ${trade.wire.appid}; ${appid} can't open it.`);
}

function refuseWrongSign(lines: readonly string[], sign: string, trade: WechatTrade, context: WechatContext): void {
  const message = lines.map((line) => `${line}\n`).join('');
  const key = context.merchantKey(context.accountOf(trade));
  if (verifyRsaSha256(Buffer.from(message), sign, key)) return;
  throw new ControlError(400, `支付验证签名失败: the merchant's key did not sign ${JSON.stringify(message)}.`);
}

function need(params: Params, name: string): string {
  const value = params[name];
  if (value) return value;
  throw new ControlError(400, `next_action.params.${name} is missing.`);
}
