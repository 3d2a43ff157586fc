import type { LocalText, Product, Scene, SharedMethod } from '@hutong/payment-port';

/** A request travels as a link or a text, so it may be made wherever the owner of the order shops; a till has no owner. */
const WHERE_OWNERS_SHOP: readonly Scene[] = [
  'app',
  'mini_program',
  'mobile_web',
  'desktop_web',
  'wechat_web',
  'alipay_web',
];

/** What differs between the wallets. */
interface FriendsWallet {
  readonly id: string;
  readonly provider: string;
  readonly title: LocalText;
  readonly help: LocalText;
  /** Where the friend stands, and what their wallet offers there. */
  readonly scenes: Readonly<Partial<Record<Scene, Product>>>;
}

/**
 * Somebody else pays (好友代付). Neither wallet has an API for it: each friend gets an ordinary order of their own, made out
 * when they come, with their own id at the wallet. The order's owner only shares a link.
 */
function friendPay({ provider, ...wallet }: FriendsWallet): SharedMethod {
  return {
    ...wallet,
    kind: 'friend',
    offeredIn: WHERE_OWNERS_SHOP,
    handsOver: 'friend_request',
    providers: [provider],
    providerOf: ({ scene }) => (wallet.scenes[scene] === undefined ? undefined : provider),
  };
}

/** WeChat's own pages need the friend's openid; H5 does not run inside WeChat, nor JSAPI outside it. */
export const wechatFriendPay: SharedMethod = friendPay({
  id: 'wechat_friend_pay',
  provider: 'wechat_pay',
  title: { 'zh-CN': '找好友微信代付', en: 'A friend pays with WeChat' },
  help: { 'zh-CN': '把订单发给微信好友，由对方付款', en: 'Send the order to a friend on WeChat, who pays' },
  scenes: { wechat_web: 'wallet_browser', mobile_web: 'mobile_page', desktop_web: 'qr_code' },
});

/** Inside Alipay the mobile page opens the wallet as outside it: nobody has to sign in for that. */
export const alipayFriendPay: SharedMethod = friendPay({
  id: 'alipay_friend_pay',
  provider: 'alipay',
  title: { 'zh-CN': '找好友支付宝代付', en: 'A friend pays with Alipay' },
  help: { 'zh-CN': '把订单发给好友，由对方用支付宝付款', en: 'Send the order to a friend, who pays with Alipay' },
  scenes: { alipay_web: 'mobile_page', mobile_web: 'mobile_page', desktop_web: 'qr_code' },
});
