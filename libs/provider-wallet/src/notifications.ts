import {
  UntrustedMessage,
  type Notification,
  type Notifications,
  type ProviderTools,
  type RawMessage,
} from '@hutong/payment-port';
import { singleHeader } from '@hutong/provider-kit';
import type { WalletSettings } from './wallet.config.js';
import { isFresh, signatureHolds } from './wallet.signature.js';
import { orderSnapshot, refundSnapshot, type WalletOrder, type WalletRefund } from './wallet.states.js';

type WalletEvent =
  | { readonly id: string; readonly type: 'order.paid'; readonly data: WalletOrder }
  | { readonly id: string; readonly type: 'refund.succeeded'; readonly data: WalletRefund }
  | { readonly id: string; readonly type: 'other' };

const CONTEXT = { provider: 'wallet', operation: 'notification' };

/** Verified over the bytes as received, then read. A repeated message carries the same id and is harmless. */
export function walletNotifications(settings: Readonly<WalletSettings>, tools: ProviderTools): Notifications {
  return {
    parse: async (message) => {
      if (!holds(message, settings, tools))
        throw new UntrustedMessage("The notification is not this account's.", CONTEXT);
      return read(JSON.parse(Buffer.from(message.body).toString('utf8')) as WalletEvent);
    },
    acknowledge: (verdict) => {
      const status = { accepted: 204, mismatch: 204, untrusted: 401, failed: 500 }[verdict];
      return { status, contentType: 'application/json', body: status === 204 ? '' : JSON.stringify({ code: verdict }) };
    },
  };
}

function holds(message: RawMessage, { merchant_id, secret }: Readonly<WalletSettings>, tools: ProviderTools): boolean {
  const header = (name: string) => singleHeader(message, name) ?? '';
  const timestamp = header('wallet-timestamp');
  const lines = [timestamp, header('wallet-nonce'), message.body];
  const ours = header('wallet-merchant') === merchant_id && isFresh(timestamp, tools.clock.now());
  return ours && signatureHolds(secret, lines, header('wallet-signature'));
}

function read(event: WalletEvent): Notification {
  const { id } = event;
  if (event.type === 'order.paid') {
    const { reference } = event.data;
    return { subject: 'payment', id, reference, snapshot: orderSnapshot(event.data, CONTEXT.operation) };
  }
  if (event.type !== 'refund.succeeded') return { subject: 'other', id, kind: String(event.type) };
  const { reference, refund_reference: refundReference, merchant_id: payee } = event.data;
  return {
    subject: 'refund',
    id,
    reference,
    refundReference,
    payee,
    snapshot: refundSnapshot(event.data, CONTEXT.operation),
  };
}
