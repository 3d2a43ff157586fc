import { randomBytes } from 'node:crypto';
import type { AccountShelf } from '../frame/accounts.js';
import type { NotificationPlan, Notifier } from '../frame/notifier.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { WalletAccount } from './account.js';
import { signedHeaders } from './signed-headers.js';
import type { WalletTrade } from './views.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

export const NOTIFY_LADDER: readonly number[] = [
  15 * SECOND_MS,
  30 * SECOND_MS,
  3 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
];

/** What is said, and where to. */
export interface WalletNotice {
  readonly account: string;
  readonly reference: string;
  readonly url: string;
  /** The body. */
  readonly text: string;
}

/** What the wallet tells merchants. Retries repeat id and body; timestamp, nonce and signature are new each time. */
export class Notices {
  constructor(
    private readonly notifier: Notifier,
    private readonly clock: SandboxClock,
    private readonly accounts: AccountShelf<WalletAccount>,
  ) {}

  /** `data` is the order or refund as it is now. */
  send(trade: WalletTrade, type: 'order.paid' | 'refund.succeeded', data: Readonly<Record<string, unknown>>): void {
    const account = this.accounts.named(trade.account);
    if (account === undefined || trade.notifyUrl === undefined) return;
    const id = `wn_${randomBytes(12).toString('hex')}`;
    const text = JSON.stringify({ id, type, created_at: this.clock.now().toISOString(), data });
    this.notifier.send(this.plan({ account: account.name, reference: trade.reference, url: trade.notifyUrl, text }));
  }

  plan(notice: WalletNotice): NotificationPlan {
    const { account: name, reference, url, text } = notice;
    const { merchant_id: merchantId = '', secret = '' } = this.accounts.named(name) ?? {};
    return {
      provider: 'wallet',
      account: name,
      reference,
      url,
      build: (tamperings, spoiling) => {
        const body = spoiling.body(spoiling.content(text));
        const nonce = randomBytes(16).toString('hex');
        const signed = signedHeaders({ secret, nonce, first: [], body }, tamperings);
        return { headers: { 'content-type': 'application/json', 'wallet-merchant': merchantId, ...signed }, body };
      },
      accepted: (status) => status === 200 || status === 204,
      ladder: NOTIFY_LADDER,
      memo: notice,
    };
  }
}
