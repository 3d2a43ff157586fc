import type { Trade } from '../frame/trade.js';
import { FAULT_OPERATIONS, TAMPERINGS } from '../frame/fault-rule.js';
import type { WireDefinition } from '../frame/wire.js';
import { wechatAccounts } from './account.js';
import { wechatContext } from './context.js';
import { otherAmount } from './other-amount.js';
import { registerH5Page } from './h5-page.js';
import { registerLogin } from './login-routes.js';
import { memoryOf, recall, type WechatMemory } from './memory.js';
import { openOrder } from './open-order.js';
import type { WechatTrade } from './order.js';
import { type NoticeMemo, notificationPlan } from './notifications.js';
import { payOrder } from './pay-order.js';
import { phoneSide } from './phone-side.js';
import { Platform } from './platform.js';
import { settleNow } from './refund-settling.js';
import { registerRoutes } from './routes.js';

/** WeChat Pay APIv3, merchants and partners, in each of its key modes; and how an openid is learnt. */
export const wechatPayWire: WireDefinition = {
  provider: 'wechat_pay',
  connect(frame) {
    const platform = new Platform(frame);
    const context = wechatContext(frame, platform);
    return {
      accounts: wechatAccounts(platform, frame.clock),
      faults: {
        operations: FAULT_OPERATIONS,
        tamperings: TAMPERINGS,
        unsigned: ['oauth'],
        otherAmount,
      },
      register(scope) {
        registerRoutes(scope, context);
        registerH5Page(scope, context);
        registerLogin(scope, context);
      },
      open: (action, payer, pageUrl) => openOrder(action, payer, context, pageUrl),
      // The cashier hands back only trades of this wire's own book.
      pay: (trade: Trade, command) => payOrder(trade as WechatTrade, command, context),
      phone: phoneSide(context),
      settleRefund: (trade, reference, result) => settleNow(trade as WechatTrade, reference, result, context),
      payerCode: (wish) => context.payerCodes.issue(wish),
      remembered: () => memoryOf(context),
      remember: (state) => recall(state as WechatMemory | undefined, context),
      notification: (memo) => notificationPlan(memo as NoticeMemo, context),
    };
  },
};
