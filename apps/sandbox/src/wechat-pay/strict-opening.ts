import { ControlError } from '../frame/control-error.js';
import type { WechatContext } from './context.js';
import type { WechatTrade } from './order.js';
import { isPublicIp } from './public-host.js';
import { isRegisteredHost } from './registrations.js';

/** What production checks of the page that a payment is opened from; a strict account's payers meet it here too. */

/** @throws ControlError 409 in the words that the payer reads (protocol §3.5) */
export function refuseH5From(referer: string | undefined, trade: WechatTrade, context: WechatContext): void {
  const account = context.accountOf(trade.batch ?? trade);
  if (!account.strict) return;
  if (!referer) throw new ControlError(409, '商家参数格式有误，请联系商家解决 (no Referer)');
  if (!isRegisteredHost(referer, account.h5_domains))
    throw new ControlError(409, `商家存在未配置的参数，请联系商家解决 (${referer} is not among h5_domains)`);
  const ip = trade.wire.payerIp ?? '';
  if (!isPublicIp(ip))
    throw new ControlError(409, `由于商家传入的H5交易参数有误，请联系商家解决 (payer_client_ip ${ip} is not public)`);
}

/** @throws ControlError 409 when the page is in no registered directory; mini-programs have none */
export function refuseJsapiFrom(pageUrl: string | undefined, trade: WechatTrade, context: WechatContext): void {
  const account = context.accountOf(trade.batch ?? trade);
  if (!account.strict) return;
  if (pageUrl === undefined)
    throw new ControlError(409, '当前页面的URL未注册 (a strict account: say page_url, the page that calls the SDK)');
  const page = URL.parse(pageUrl)?.href ?? '';
  if (account.jsapi_directories?.some((directory) => page.startsWith(URL.parse(directory)?.href ?? directory))) return;
  throw new ControlError(409, `当前页面的URL未注册：${pageUrl} (it is under none of jsapi_directories)`);
}
