import { defineProvider } from '@hutong/provider-kit';
import { askSigner } from './ask-signer.js';
import { AlipayClient } from './alipay.client.js';
import { AlipaySettings, refundSpacing, settingsFromSandbox } from './alipay.config.js';
import { alipayMethods } from './alipay.methods.js';
import { alipayPace } from './alipay.pace.js';
import { alipayDiagnostics } from './diagnostics.js';
import { alipayBills } from './bills.js';
import { alipayNotifications } from './notifications.js';
import { alipayPayments } from './payments.js';
import { preflight } from './preflight.js';
import { alipayRefunds } from './refunds.js';

/** Alipay's classic OpenAPI gateway in key mode or certificate mode, RSA2 only. */
export const alipay = defineProvider({
  id: 'alipay',
  title: { 'zh-CN': '支付宝', en: 'Alipay' },
  methods: alipayMethods,
  settings: AlipaySettings,
  preflight,
  fromSandbox: settingsFromSandbox,
  pace: alipayPace,
  diagnostics: alipayDiagnostics,
  connect: (settings, tools) => {
    const client = new AlipayClient(settings, tools);
    return {
      payee: client.sellerId,
      payments: alipayPayments(client),
      refunds: { ...alipayRefunds(client), apartS: refundSpacing(settings) },
      notifications: alipayNotifications(client),
      askSigner: () => askSigner(client),
      bills: alipayBills(client, tools, settings.gateway_url),
    };
  },
});
