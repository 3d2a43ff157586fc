import { UntrustedMessage } from '@hutong/payment-port';
import { textField, type JsonObject } from './json-fields.js';
import { unknownOutcome } from './wechat-pay.errors.js';

/** Where the file of a statement lies for five minutes, and what it must hash to. */
export interface BillLink {
  readonly url: URL;
  /** Over the statement before compression, in lower-case hexadecimal digits. */
  readonly sha1: string;
}

/** WeChat Pay's own hosts, the second ones among them; a link may name any of these. */
const OWN_ORIGINS = new Set(
  ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com', 'api.wechatpay.cn', 'api2.wechatpay.cn'].map(
    (host) => `https://${host}`,
  ),
);

/**
 * Reads a verified answer of the bill endpoints.
 * @throws OutcomeUnknown when it is not of the documented shape
 * @throws UntrustedMessage when the link leads to somebody else
 */
export function readBillLink(operation: string, answer: JsonObject, origins: readonly string[]): BillLink {
  const sha1 = textField(answer, 'hash_value')?.toLowerCase() ?? '';
  if (textField(answer, 'hash_type') !== 'SHA1' || !/^[0-9a-f]{40}$/.test(sha1)) {
    throw unknownOutcome(operation, 'the statement comes without a SHA1 hash');
  }
  const link = textField(answer, 'download_url') ?? '';
  if (!URL.canParse(link)) throw unknownOutcome(operation, 'the statement comes without a link');
  return { url: placeToAsk(operation, new URL(link), origins), sha1 };
}

/**
 * Our signature goes to WeChat Pay only: to one of the account's own origins, or to one of WeChat Pay's hosts. An account that
 * speaks to another place (a proxy, the sandbox) asks there too, whichever of these hosts the link names.
 */
function placeToAsk(operation: string, link: URL, origins: readonly string[]): URL {
  const isOurs = origins.includes(link.origin);
  const [main = ''] = origins;
  if (link.username !== '' || link.password !== '' || !(isOurs || OWN_ORIGINS.has(link.origin))) {
    throw new UntrustedMessage(`WeChat Pay's link to a statement leads to ${link.host}, which is not WeChat Pay.`, {
      provider: 'wechat_pay',
      operation,
    });
  }
  return isOurs || OWN_ORIGINS.has(main) ? link : new URL(`${link.pathname}${link.search}`, main);
}
