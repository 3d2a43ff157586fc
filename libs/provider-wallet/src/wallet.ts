import type { Method, ProviderDefinition } from '@hutong/payment-port';
import { defineProvider } from '@hutong/provider-kit';
import { walletNotifications } from './notifications.js';
import { walletPayments } from './payments.js';
import { walletRefunds } from './refunds.js';
import { WalletClient } from './wallet.client.js';
import { WalletSettings } from './wallet.config.js';

/** A balance that pays over the wallet wire (docs/wallet-wire.md), offered to payers as `method` in these words. */
export function wallet({ method, ...texts }: { method: string } & Pick<Method, 'title' | 'help'>): ProviderDefinition {
  const scenes = { app: 'mobile_page', mobile_web: 'mobile_page', desktop_web: 'desktop_page' } as const;
  return defineProvider({
    id: 'wallet',
    title: texts.title,
    methods: [{ id: method, kind: 'balance', ...texts, scenes }],
    settings: WalletSettings,
    connect: (settings, tools) => {
      const client = new WalletClient(settings, tools);
      return {
        payee: settings.merchant_id,
        payments: walletPayments(client),
        refunds: walletRefunds(client),
        notifications: walletNotifications(settings, tools),
      };
    },
    fromSandbox: ({ merchant_id, secret }, sandboxUrl) => ({ merchant_id, secret, base_url: sandboxUrl }),
  });
}
