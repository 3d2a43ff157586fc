import { barcode } from '@hutong/method-barcode';
import { alipayFriendPay, wechatFriendPay } from '@hutong/method-friend-pay';
import { oneCode } from '@hutong/method-one-code';
import type { ProviderDefinition, SharedMethod } from '@hutong/payment-port';
import { alipay } from '@hutong/provider-alipay';
import { wallet } from '@hutong/provider-wallet';
import { wechatPay } from '@hutong/provider-wechat-pay';

/** Every provider that this gateway speaks: adding one is its folder, its line here and its seed. */
export const providers: readonly ProviderDefinition[] = [
  wechatPay,
  alipay,
  wallet({ method: 'duoduo_wallet', title: { 'zh-CN': '多多钱包', en: 'Duoduo Wallet' } }),
];

/** Every option that is built over several of them: adding one is its folder, its line here and its seed. */
export const methods: readonly SharedMethod[] = [barcode, wechatFriendPay, alipayFriendPay, oneCode];
