import type { Product, Prospect } from '@hutong/payment-port';

/** What each product needs around it; a product without a line needs nothing. */
const CHECKS: Readonly<Partial<Record<Product, (userAgent: string) => string | undefined>>> = {
  mobile_page: (userAgent) =>
    /MicroMessenger\//i.test(userAgent)
      ? "Alipay's page does not open inside WeChat: the payer needs another browser, or a code to scan."
      : undefined,
  wallet_browser: (userAgent) =>
    /AlipayClient\//i.test(userAgent) ? undefined : 'Alipay JSAPI payment works inside Alipay only.',
};

/** What stands in the way of a product where the payer stands, in one sentence; undefined when nothing does. */
export function preflight(_account: unknown, { product, userAgent }: Prospect): string | undefined {
  return userAgent === undefined ? undefined : CHECKS[product]?.(userAgent);
}
