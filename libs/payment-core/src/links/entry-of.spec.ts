import { describe, expect, it } from 'vitest';
import { entryOf } from './entry-of.js';

const WECHAT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.16';

describe('entryOf', () => {
  it.each([
    ['singlemessage', 'private'],
    ['groupmessage', 'group'],
    ['timeline', 'timeline'],
    [undefined, 'direct'],
    ['', 'direct'],
    ['scan', 'direct'],
    ['constructor', 'direct'],
    [['singlemessage', 'groupmessage'], 'group'],
    [['timeline', 'mail'], 'timeline'],
  ] as const)('takes from=%s for %s', (from, entry) => {
    expect(entryOf({ userAgent: WECHAT, from })).toEqual({ chatApp: 'wechat', entry });
  });

  it.each([
    ['WeChat', WECHAT, 'wechat'],
    ['WeChat in another spelling', 'micromessenger/7.0', 'wechat'],
    ['Alipay', 'Mozilla/5.0 AlipayClient/10.2.33', undefined],
    ['a browser', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/96.0', undefined],
    ['nothing told', undefined, undefined],
  ] as const)('tells the chat app by its user agent: %s', (_, userAgent, chatApp) => {
    expect(entryOf({ userAgent, from: 'timeline' })).toEqual({ chatApp, entry: 'timeline' });
  });
});
