import type { AuditStore } from './audit.store.js';
import type { ConfigStore } from './config.store.js';
import type { FriendRequestStore } from './friend-request.store.js';
import type { IdempotencyStore } from './idempotency.store.js';
import type { ImpressionStore } from './impression.store.js';
import type { InboxStore } from './inbox.store.js';
import type { PaymentStore } from './payment.store.js';
import type { ReconciliationStore } from './reconciliation.store.js';
import type { RecentConfig } from './recent-config.js';
import type { RolloutStore } from './rollout.store.js';
import type { WebhookStore } from './webhook.store.js';

/** Everything that the use cases keep, and nothing about how. */
export interface Stores {
  readonly payments: PaymentStore;
  readonly friends: FriendRequestStore;
  readonly inbox: InboxStore;
  readonly idempotency: IdempotencyStore;
  readonly config: ConfigStore;
  readonly recent: RecentConfig;
  readonly audit: AuditStore;
  readonly rollouts: RolloutStore;
  readonly impressions: ImpressionStore;
  readonly webhooks: WebhookStore;
  readonly reconciliations: ReconciliationStore;
  /**
   * A hash under a key of these stores: equal texts have equal ones in every process, and the rows alone do not let anybody
   * try texts against it. For what must be told again and never kept: a payer's code has few digits to guess.
   */
  fingerprint(text: string): string;
  /** Answers when the database does. @throws when it is away */
  ping(): Promise<void>;
  close(): Promise<void>;
}
