import type { Prospect } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { preflight } from './preflight.js';

const WECHAT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49';
const OLD_WECHAT = 'Mozilla/5.0 (Linux; U; Android 2.3.6) AppleWebKit/533.1 MicroMessenger/4.5.255';
const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1';
const account = {
  appid: 'wx1',
  app_appid: 'wx2',
  mini_program_appid: 'wx3',
  h5_domains: ['m.shop.example'],
  jsapi_domains: ['wx.shop.example'],
};
const h5 = { scene: 'mobile_web', product: 'mobile_page' } as const;
const jsapi = { scene: 'wechat_web', product: 'wallet_browser' } as const;
const mini = { scene: 'mini_program', product: 'mini_program' } as const;
const app = { scene: 'app', product: 'app_sdk' } as const;

describe('WeChat Pay before the option is shown', () => {
  it.each<[string, Prospect, RegExp]>([
    ['H5 inside WeChat', { ...h5, userAgent: WECHAT }, /wechat_web/],
    ['H5 from a page that sends no Referer', { ...h5, referrerPolicy: 'no-referrer' }, /Referer/],
    ['H5 from an unregistered domain', { ...h5, pageUrl: 'https://www.shop.example/pay' }, /www\.shop\.example/],
    ['JSAPI outside WeChat', { ...jsapi, userAgent: SAFARI }, /inside WeChat only/],
    ['JSAPI in a WeChat that cannot pay', { ...jsapi, userAgent: OLD_WECHAT }, /older than 5/],
    ['JSAPI from an unregistered domain', { ...jsapi, pageUrl: 'https://m.shop.example/' }, /m\.shop\.example/],
    ['a mini-program outside WeChat', { ...mini, userAgent: SAFARI }, /inside WeChat only/],
    ['another mini-program', { ...mini, clientAppId: 'wx1' }, /mini-program is wx3/],
    ['another mobile app', { ...app, clientAppId: 'wx3' }, /mobile app is wx2/],
  ])('says what is missing for %s', (_, prospect, sentence) => {
    expect(preflight(account, prospect)).toMatch(sentence);
  });

  it.each<[string, Prospect]>([
    [
      'H5 in a browser, from a registered domain',
      { ...h5, userAgent: SAFARI, pageUrl: 'https://m.shop.example/pay?x=1' },
    ],
    ['H5 with a policy that sends the origin', { ...h5, referrerPolicy: 'strict-origin-when-cross-origin' }],
    ['JSAPI inside WeChat', { ...jsapi, userAgent: WECHAT, pageUrl: 'https://wx.shop.example/' }],
    ['its own mini-program', { ...mini, userAgent: WECHAT, clientAppId: 'wx3' }],
    ['its own mobile app', { ...app, clientAppId: 'wx2' }],
    ['a code, wherever it is shown', { scene: 'mobile_web', product: 'qr_code', userAgent: WECHAT }],
    ['anything of which nothing is told', h5],
  ])('has nothing against %s', (_, prospect) => {
    expect(preflight(account, prospect)).toBeUndefined();
  });

  it('goes by the one app id where an account names no others, and by no list that it does not have', () => {
    expect(preflight({ appid: 'wx1' }, { ...mini, clientAppId: 'wx1' })).toBeUndefined();
    expect(preflight({ appid: 'wx1' }, { ...h5, pageUrl: 'https://anywhere.example/' })).toBeUndefined();
  });
});
