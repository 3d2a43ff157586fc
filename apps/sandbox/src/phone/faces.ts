import { html, type Markup } from '../frame/html.js';
import type { Provider } from '../frame/provider.js';
import type { RefundState, TradeState } from '../frame/trade.js';
import type { Delivery } from '../frame/notifier.js';
import type { Say } from './visit.js';

/** A character on a square of its own hue; no wallet's trade dress. */
const FACES = {
  wechat_pay: { mark: '微', zh: '微信支付', en: 'WeChat Pay' },
  alipay: { mark: '支', zh: '支付宝', en: 'Alipay' },
  wallet: { mark: '余', zh: '余额钱包', en: 'Wallet' },
} as const satisfies Record<Provider, unknown>;

export const walletName = (provider: Provider, say: Say): string => say(FACES[provider].zh, FACES[provider].en);

export const walletMark = (provider: Provider): Markup =>
  html`<span class="mark ${provider}" aria-hidden="true">${FACES[provider].mark}</span>`;

const STATES = {
  not_opened: ['未打开', 'not opened', ''],
  awaiting_payer: ['待付款', 'to be paid', ''],
  paid: ['已支付', 'paid', 'good'],
  refunded: ['已全额退款', 'refunded', 'good'],
  closed: ['已关闭', 'closed', 'bad'],
} as const satisfies Record<TradeState, readonly [string, string, string]>;

const REFUND_STATES = {
  processing: ['退款中', 'under way', ''],
  succeeded: ['已退回', 'arrived', 'good'],
  failed: ['退款失败', 'failed', 'bad'],
} as const satisfies Record<RefundState, readonly [string, string, string]>;

const VERDICTS = {
  accepted: ['商户已确认', 'taken by the merchant', 'good'],
  refused: ['商户未确认', 'not taken by the merchant', 'bad'],
  unreachable: ['无法送达', 'nobody answered', 'bad'],
  dropped: ['被故障规则丢弃', 'dropped by a fault rule', 'bad'],
} as const satisfies Record<Delivery['verdict'], readonly [string, string, string]>;

export const tradeState = (state: TradeState, say: Say): Markup => stated(STATES[state], say);
export const refundState = (state: RefundState, say: Say): Markup => stated(REFUND_STATES[state], say);
export const verdict = (of: Delivery['verdict'], say: Say): Markup => stated(VERDICTS[of], say);

function stated([zh, en, tone]: readonly [string, string, string], say: Say): Markup {
  return html`<span class="state ${tone}">${say(zh, en)}</span>`;
}
