import type { Product, Prospect } from '@hutong/payment-port';
import type { WechatPaySettings } from './wechat-pay.config.js';

type Account = Pick<WechatPaySettings, 'appid' | 'app_appid' | 'mini_program_appid' | 'h5_domains' | 'jsapi_domains'>;
type Check = (account: Account, prospect: Prospect) => string | undefined;

/** A page that sends no Referer to another site opens no H5 payment: the cashier checks the domain that it came from. */
const SILENT_POLICIES = ['no-referrer', 'same-origin'];

const inWechat = (userAgent: string): boolean => /MicroMessenger\//i.test(userAgent);

/** What each product needs around it (D:4012791835 for H5, D:4012791856 for JSAPI); a product without a line needs nothing. */
const CHECKS: Readonly<Partial<Record<Product, readonly Check[]>>> = {
  mobile_page: [
    (_, { userAgent }) =>
      userAgent !== undefined && inWechat(userAgent)
        ? 'H5 payment does not open inside WeChat; there it is the scene wechat_web.'
        : undefined,
    (_, { referrerPolicy }) =>
      referrerPolicy !== undefined && SILENT_POLICIES.includes(referrerPolicy)
        ? `H5 payment checks the Referer, and Referrer-Policy ${referrerPolicy} sends none.`
        : undefined,
    ({ h5_domains }, prospect) => unregistered(h5_domains, prospect, 'H5 payment domains'),
  ],
  wallet_browser: [
    (_, { userAgent }) =>
      userAgent !== undefined && !inWechat(userAgent) ? 'JSAPI payment works inside WeChat only.' : undefined,
    (_, { userAgent }) =>
      userAgent !== undefined && /MicroMessenger\/[0-4]\./i.test(userAgent)
        ? 'This WeChat is older than 5.0, which was the first to pay.'
        : undefined,
    ({ jsapi_domains }, prospect) => unregistered(jsapi_domains, prospect, 'JSAPI payment domains'),
  ],
  mini_program: [
    (_, { userAgent }) =>
      userAgent !== undefined && !inWechat(userAgent) ? 'A mini-program runs inside WeChat only.' : undefined,
    ({ appid, mini_program_appid = appid }, { clientAppId }) =>
      otherId(mini_program_appid, clientAppId, 'mini-program'),
  ],
  app_sdk: [({ appid, app_appid = appid }, { clientAppId }) => otherId(app_appid, clientAppId, 'mobile app')],
};

/** What stands in the way of a product where the payer stands, in one sentence; undefined when nothing does. */
export function preflight(account: Account, prospect: Prospect): string | undefined {
  for (const check of CHECKS[prospect.product] ?? []) {
    const missing = check(account, prospect);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/** A list that is not given says nothing: the merchant platform knows it, we were not told. */
function unregistered(domains: readonly string[] | undefined, { pageUrl }: Prospect, list: string): string | undefined {
  if (domains === undefined || pageUrl === undefined || !URL.canParse(pageUrl)) return undefined;
  const { hostname } = new URL(pageUrl);
  return domains.includes(hostname)
    ? undefined
    : `${hostname} is not among this account's ${list}: ${domains.join(', ')}.`;
}

/** An order is made for one app id; a client under another one is refused with "appid mismatch" (§3.4). */
function otherId(ours: string, theirs: string | undefined, client: string): string | undefined {
  return theirs === undefined || theirs === ours
    ? undefined
    : `The client is ${theirs}, and this account's ${client} is ${ours}: pair them in the merchant platform.`;
}
