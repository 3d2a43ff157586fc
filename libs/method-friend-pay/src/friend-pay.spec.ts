import { SCENES } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipayFriendPay, wechatFriendPay } from './friend-pay.js';

describe.each([
  [wechatFriendPay, 'wechat_pay', ['wechat_web', 'mobile_web', 'desktop_web']],
  [alipayFriendPay, 'alipay', ['alipay_web', 'mobile_web', 'desktop_web']],
] as const)('$id', (method, provider, scenes) => {
  it('is offered wherever the owner of the order shops, and not at a till', () => {
    expect(method.offeredIn?.toSorted()).toEqual(SCENES.filter((scene) => scene !== 'in_store').toSorted());
  });

  it('is paid with one wallet, where the friend can open it', () => {
    expect(method.providers).toEqual([provider]);
    expect(Object.keys(method.scenes).toSorted()).toEqual(scenes.toSorted());
    for (const scene of SCENES) {
      expect(method.providerOf({ scene })).toBe(method.scenes[scene] === undefined ? undefined : provider);
    }
  });

  it('makes a request to a friend', () => expect(method.handsOver).toBe('friend_request'));
});

it("never leads into the rival wallet's browser", () => {
  expect(wechatFriendPay.scenes).not.toHaveProperty('alipay_web');
  expect(alipayFriendPay.scenes).not.toHaveProperty('wechat_web');
});
