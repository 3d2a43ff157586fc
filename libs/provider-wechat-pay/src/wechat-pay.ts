import type { PaymentProvider, ProviderTools } from '@hutong/payment-port';
import { defineProvider } from '@hutong/provider-kit';
import { askSigner } from './ask-signer.js';
import { wechatBills } from './bills.js';
import { wechatDiagnostics } from './diagnostics.js';
import { wechatIdentity } from './identity.js';
import { merchantOf } from './merchant.js';
import { wechatNotifications } from './notifications.js';
import { preflight } from './preflight.js';
import { wechatPayments } from './payments.js';
import { wechatRefunds } from './refunds.js';
import { certificateUpkeep } from './upkeep.js';
import { WechatPayClient } from './wechat-pay.client.js';
import { refundSpacing, settingsFromSandbox, WechatPaySettings } from './wechat-pay.config.js';
import { wechatPayMethods } from './wechat-pay.methods.js';
import { wechatPayPace } from './wechat-pay.pace.js';

/** WeChat Pay APIv3, merchant-direct, in platform-certificate and public-key mode. */
export const wechatPay = defineProvider({
  id: 'wechat_pay',
  title: { 'zh-CN': '微信支付', en: 'WeChat Pay' },
  methods: wechatPayMethods,
  settings: WechatPaySettings,
  connect,
  preflight,
  fromSandbox: settingsFromSandbox,
  pace: wechatPayPace,
  diagnostics: wechatDiagnostics,
});

function connect(settings: WechatPaySettings, tools: ProviderTools): PaymentProvider {
  const merchant = merchantOf(settings);
  const client = new WechatPayClient(merchant, tools);
  const upkeep = certificateUpkeep(client, settings);
  const identity = wechatIdentity(settings, tools);
  return {
    payee: merchant.mchid,
    payments: wechatPayments(client),
    refunds: { ...wechatRefunds(client), apartS: refundSpacing(settings) },
    notifications: wechatNotifications(client),
    bills: wechatBills(client),
    ...(upkeep && { upkeep }),
    ...(identity && { identity }),
    askSigner: () => askSigner(client),
  };
}
