import type { PaymentProvider, ProviderTools } from '@hutong/payment-port';
import { defineProvider } from '@hutong/provider-kit';
import { wechatBills } from './bills.js';
import { merchantOf } from './merchant.js';
import { wechatNotifications } from './notifications.js';
import { wechatPayments } from './payments.js';
import { wechatRefunds } from './refunds.js';
import { WechatPayClient } from './wechat-pay.client.js';
import { settingsFromSandbox, WechatPaySettings } from './wechat-pay.config.js';
import { wechatPayMethods } from './wechat-pay.methods.js';

/** WeChat Pay APIv3, merchant-direct, in platform-certificate and public-key mode. */
export const wechatPay = defineProvider({
  id: 'wechat_pay',
  title: { 'zh-CN': '微信支付', en: 'WeChat Pay' },
  methods: wechatPayMethods,
  settings: WechatPaySettings,
  connect,
  fromSandbox: settingsFromSandbox,
});

function connect(settings: WechatPaySettings, tools: ProviderTools): PaymentProvider {
  const merchant = merchantOf(settings);
  const client = new WechatPayClient(merchant, tools);
  return {
    payee: merchant.mchid,
    payments: wechatPayments(client),
    refunds: wechatRefunds(client),
    notifications: wechatNotifications(merchant, tools.clock),
    bills: wechatBills(client),
  };
}
