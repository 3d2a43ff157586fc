import { expect, it } from 'vitest';
import { sceneOf } from './scene.js';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9%) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36';
const SAFARI = `${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`;
const WEB_VIEW = ANDROID.replace('%', '; wv');
const CHROME = ANDROID.replace('%', '');
const DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

it.each([
  ['WeChat', `${IPHONE} Mobile/15E148 MicroMessenger/8.0.53`, 'app', 'wechat_web'],
  ['WeChat on a computer', `${DESKTOP} MicroMessenger/7.0.20`, undefined, 'wechat_web'],
  ['a web view of a mini-program', `${IPHONE} MicroMessenger/8.0.53 miniProgram/wx1`, 'mini_program', 'mini_program'],
  [
    'a web view of a mini-program, for another scene',
    `${IPHONE} MicroMessenger/8.0.53 miniProgram/wx1`,
    'app',
    'wechat_web',
  ],
  ['Alipay', `${IPHONE} Mobile/15E148 AlipayClient/10.6.0`, undefined, 'alipay_web'],
  ['Safari on a phone', SAFARI, undefined, 'mobile_web'],
  ['Safari on a phone, for an app', SAFARI, 'app', 'mobile_web'],
  ["an app's web view on iOS", `${IPHONE} Mobile/15E148`, 'app', 'app'],
  ["an app's web view on Android", WEB_VIEW, 'app', 'app'],
  ["an app's web view, for a web page", WEB_VIEW, 'mobile_web', 'mobile_web'],
  ['Chrome on a phone, for an app', CHROME, 'app', 'mobile_web'],
  ['a desktop browser', DESKTOP, undefined, 'desktop_web'],
  ['a desktop browser, for an app', DESKTOP, 'app', 'desktop_web'],
  ['nothing known', '', undefined, 'desktop_web'],
] as const)('calls %s by its scene', (_, userAgent, madeFor, scene) => {
  expect(sceneOf(userAgent, madeFor)).toBe(scene);
});
