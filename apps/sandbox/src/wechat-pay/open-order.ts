import { ControlError } from '../frame/control-error.js';
import type { NextAction } from '../frame/next-action.js';
import type { Combination } from './combinations.js';
import type { WechatContext } from './context.js';
import { refuseUnopenable } from './open-rules.js';
import { payerAppidOf, type Product, type WechatTrade } from './order.js';
import { openidFor, takeOrder } from './payer.js';
import { verifyRsaSha256 } from './rsa-sha256.js';
import { refuseH5From, refuseJsapiFrom } from './strict-opening.js';

/** Where h5_url leads; production's host is recognised as well, for recorded URLs. */
export const H5_PATH = '/cgi-bin/mmpayweb-bin/checkmweb';

/** What WeChat does on the payer's device with a next action; undefined when it is for another wallet. */
export function openOrder(
  action: NextAction,
  payer: string | undefined,
  context: WechatContext,
  pageUrl?: string | undefined,
): WechatTrade | undefined {
  const trade = recognised(action, pageUrl, context);
  if (trade === undefined) return undefined;
  const openid = openidFor(trade, payer, context);
  if (payer !== undefined) takeOrder(trade, openid, context);
  return trade;
}

function recognised(action: NextAction, pageUrl: string | undefined, context: WechatContext): WechatTrade | undefined {
  switch (action.type) {
    case 'redirect':
      return action.form === undefined ? byH5Url(action.url, pageUrl, context) : undefined;
    case 'show_qr_code':
      return byCode(action.content, context);
    case 'invoke_sdk':
      return bySdk(action.sdk, action.params, pageUrl, context);
  }
}

function byH5Url(url: string, pageUrl: string | undefined, context: WechatContext): WechatTrade | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, searchParams } = new URL(url);
  if (pathname !== H5_PATH) return undefined;
  const trade = byPrepayId(searchParams.get('prepay_id') ?? '', 'h5', context);
  refuseH5From(pageUrl, trade, context);
  return trade;
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

function bySdk(
  sdk: string,
  params: Params,
  pageUrl: string | undefined,
  context: WechatContext,
): WechatTrade | undefined {
  switch (sdk) {
    case 'wechat_jsapi': {
      const trade = byJsapi(params, need(params, 'appId'), context);
      refuseJsapiFrom(pageUrl, trade, context);
      return trade;
    }
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
  const lines = [openingApp(trade, appId), need(params, 'timeStamp'), need(params, 'nonceStr'), pack];
  refuseWrongSign(lines, need(params, 'paySign'), trade, context);
  return trade;
}

/** Signed lines: appid, timestamp, noncestr, the bare prepay id (protocol §3.4). */
function byApp(params: Params, context: WechatContext): WechatTrade {
  const prepayId = need(params, 'prepayid');
  if (need(params, 'package') !== 'Sign=WXPay') throw new ControlError(400, 'package must be Sign=WXPay.');
  const trade = byPrepayId(prepayId, 'app', context);
  const appid = openingApp(trade, need(params, 'appid'));
  if (need(params, 'partnerid') !== (combinationOf(trade, context) ?? trade.wire).mchid)
    throw new ControlError(400, 'partnerid is not the mchid of the order.');
  const lines = [appid, need(params, 'timestamp'), need(params, 'noncestr'), prepayId];
  refuseWrongSign(lines, need(params, 'sign'), trade, context);
  return trade;
}

/** The app that invokes the payment; in partner mode it may be the sub merchant's (protocol §15). @throws ControlError */
function openingApp({ wire }: WechatTrade, appid: string = payerAppidOf(wire)): string {
  if (appid === wire.appid || appid === wire.sub?.appid) return appid;
  throw new ControlError(400, `The order was placed by ${wire.appid}; ${appid} can't open it.`);
}

const combinationOf = ({ batch }: WechatTrade, { combinations }: WechatContext): Combination | undefined =>
  batch && combinations.find(batch.account, batch.reference);

function refuseWrongSign(lines: readonly string[], sign: string, trade: WechatTrade, context: WechatContext): void {
  const message = lines.map((line) => `${line}\n`).join('');
  const key = context.merchantKey(context.accountOf(trade.batch ?? trade));
  if (verifyRsaSha256(Buffer.from(message), sign, key)) return;
  throw new ControlError(400, `支付验证签名失败: the merchant's key did not sign ${JSON.stringify(message)}.`);
}

function need(params: Params, name: string): string {
  const value = params[name];
  if (value) return value;
  throw new ControlError(400, `next_action.params.${name} is missing.`);
}
