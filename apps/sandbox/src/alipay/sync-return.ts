import type { AlipayKeys } from './alipay-keys.js';
import type { AlipayTrade } from './alipay-trade.js';
import { formatBeijing } from './beijing-time.js';
import { encodeText } from './charset.js';
import { withoutBlanks, notificationForm } from './notification-form.js';
import { PRODUCTS } from './product.js';
import { signRsa2 } from './rsa2.js';
import { notificationStringToSign } from './string-to-sign.js';
import { formatYuan } from './yuan.js';

/** Where the browser goes after paying: return_url with signed parameters. It carries no trade_status; it proves nothing. */
export function syncReturnUrl(returnUrl: string, trade: AlipayTrade, keys: AlipayKeys): string {
  const { charset, appId, sellerId, product } = trade.wire;
  const fields = withoutBlanks({
    charset,
    out_trade_no: trade.reference,
    method: `${PRODUCTS[product].method}.return`,
    total_amount: formatYuan(trade.amount),
    trade_no: trade.providerReference,
    auth_app_id: appId,
    version: '1.0',
    app_id: appId,
    sign_type: 'RSA2',
    seller_id: sellerId,
    timestamp: formatBeijing(Date.now()),
  });
  const sign = signRsa2(encodeText(notificationStringToSign(fields), charset), keys.own);
  const [target = '', fragment] = returnUrl.split('#');
  const query = notificationForm({ ...fields, sign }, charset);
  return `${target}${target.includes('?') ? '&' : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
