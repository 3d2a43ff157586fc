import type { PhoneSide } from '../frame/phone-side.js';
import type { Trade } from '../frame/trade.js';
import { allApps } from './apps.js';
import type { WechatContext } from './context.js';
import { payerAppidOf, type WechatTrade } from './order.js';
import { tradeStateOf } from './order-view.js';

/** WeChat in the payer's phone: one person, another openid under each appid. */
export function phoneSide(context: WechatContext): PhoneSide {
  const { users, accounts } = context;
  return {
    idsOf: (payer) => {
      const appids = new Set(allApps(accounts).map(({ appid }) => appid));
      return [...appids].map((appid) => ({ id: openidUnder(appid, payer, context), audience: appid }));
    },
    names: () => [...new Set(users.named().map(([, name]) => name))],
    boundTo: (trade) => wechat(trade).wire.openid,
    idFor(trade, payer) {
      const audience = payerAppidOf(wechat(trade).wire);
      return { id: openidUnder(audience, payer, context), audience };
    },
    fromPayerCode: (trade) => trade.product === 'codepay',
    queried: (trade) => `trade_state: ${tradeStateOf(wechat(trade))}`,
  };
}

/** An openid of another app is a person, who has one here too. */
export function openidUnder(appid: string, payer: string, { users, frame }: WechatContext): string {
  const known = frame.payers.known('wechat_pay', payer);
  return known === undefined || known.audience === appid ? users.openid(appid, payer) : users.elsewhere(payer, appid);
}

const wechat = (trade: Trade): WechatTrade => trade as WechatTrade;
