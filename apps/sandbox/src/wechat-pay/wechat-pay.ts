import type { Trade } from '../frame/trade.js';
import { TAMPERINGS } from '../frame/fault-rule.js';
import type { WireDefinition } from '../frame/wire.js';
import { wechatAccounts } from './account.js';
import { wechatContext } from './context.js';
import { otherAmount } from './other-amount.js';
import { registerH5Page } from './h5-page.js';
import { openOrder } from './open-order.js';
import type { WechatTrade } from './order.js';
import { type NoticeMemo, notificationPlan } from './notifications.js';
import { payOrder } from './pay-order.js';
import type { PayerCodes } from './payer-codes.js';
import { Platform } from './platform.js';
import { resumeRefunds } from './refunds.js';
import { registerRoutes } from './routes.js';

/** WeChat Pay APIv3, direct merchants, in each of its key modes. */
export const wechatPayWire: WireDefinition = {
  provider: 'wechat_pay',
  connect(frame) {
    const platform = new Platform(frame);
    const context = wechatContext(frame, platform);
    return {
      accounts: wechatAccounts(platform, frame.clock),
      faults: {
        operations: ['order', 'query', 'close', 'refund', 'refund_query', 'notification', 'certificates'],
        tamperings: TAMPERINGS,
        otherAmount,
      },
      register(scope) {
        registerRoutes(scope, context);
        registerH5Page(scope, context);
      },
      open: (action, payer) => openOrder(action, payer, context),
      // The cashier hands back only trades of this wire's own book.
      pay: (trade: Trade, command) => payOrder(trade as WechatTrade, command, context),
      payerCode: (wish) => context.payerCodes.issue(wish),
      remembered: () => context.payerCodes.issued(),
      remember(state) {
        context.payerCodes.restore((state ?? []) as ReturnType<PayerCodes['issued']>);
        resumeRefunds(context);
      },
      notification: (memo) => notificationPlan(memo as NoticeMemo, context),
    };
  },
};
