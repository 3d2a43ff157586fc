import type { ConfigStore } from './config.store.js';
import type { IdempotencyStore } from './idempotency.store.js';
import type { InboxStore } from './inbox.store.js';
import type { PaymentStore } from './payment.store.js';

/** Everything that the use cases keep, and nothing about how. */
export interface Stores {
  readonly payments: PaymentStore;
  readonly inbox: InboxStore;
  readonly idempotency: IdempotencyStore;
  readonly config: ConfigStore;
  /** Answers when the database does. @throws when it is away */
  ping(): Promise<void>;
  close(): Promise<void>;
}
