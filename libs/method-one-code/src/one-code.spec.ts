import { SCENES } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { oneCode } from './one-code.js';

describe('one code for every wallet', () => {
  it.each([
    ['wechat_web', 'wechat_pay'],
    ['alipay_web', 'alipay'],
  ] as const)('opened in %s is paid with %s', (scene, provider) => {
    expect(oneCode.providerOf({ scene })).toBe(provider);
    expect(oneCode.scenes[scene]).toBeDefined();
  });

  it('tells no wallet anywhere else', () => {
    const others = SCENES.filter((scene) => scene !== 'wechat_web' && scene !== 'alipay_web');
    expect(others.map((scene) => oneCode.providerOf({ scene }))).toEqual(others.map(() => undefined));
  });

  it("is shown where another device can scan it, never inside a wallet's own browser", () => {
    expect(oneCode.offeredIn).toEqual(['app', 'mobile_web', 'desktop_web', 'in_store']);
    expect(oneCode.handsOver).toBe('scan_code');
  });
});
