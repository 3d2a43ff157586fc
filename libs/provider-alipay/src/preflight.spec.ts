import type { Prospect } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { preflight } from './preflight.js';

const WECHAT = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0.49.2600';
const ALIPAY = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 AlipayClient/10.5.96.8000';
const CHROME = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36';
const page = { scene: 'mobile_web', product: 'mobile_page' } as const;
const jsapi = { scene: 'alipay_web', product: 'wallet_browser' } as const;

describe('Alipay before the option is shown', () => {
  it.each<[Prospect, RegExp]>([
    [{ ...page, userAgent: WECHAT }, /does not open inside WeChat/],
    [{ ...jsapi, userAgent: CHROME }, /inside Alipay only/],
  ])('says what stands in the way: %o', (prospect, sentence) => {
    expect(preflight({}, prospect)).toMatch(sentence);
  });

  it.each<Prospect>([
    { ...page, userAgent: CHROME },
    { ...page, userAgent: ALIPAY },
    { ...jsapi, userAgent: ALIPAY },
    { scene: 'mobile_web', product: 'qr_code', userAgent: WECHAT },
    page,
    jsapi,
  ])('has nothing against %o', (prospect) => {
    expect(preflight({}, prospect)).toBeUndefined();
  });
});
