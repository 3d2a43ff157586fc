import type { Stores } from '@hutong/payment-core';
import { AuditStoreOnPrisma } from './audit-log.js';
import { cachedConfig } from './cached-config.js';
import { ConfigStoreOnPrisma } from './config.store.js';
import type { Database } from './database.js';
import { FriendRequestStoreOnPrisma } from './friend-request.store.js';
import { IdempotencyStoreOnPrisma } from './idempotency.store.js';
import { ImpressionStoreOnPrisma } from './impression.store.js';
import { InboxStoreOnPrisma } from './inbox.store.js';
import { keyedFingerprint } from './keyed-fingerprint.js';
import { once } from './once.js';
import { PaymentStoreOnPrisma } from './payment.store.js';
import { ReconciliationStoreOnPrisma } from './reconciliation.store.js';
import { RolloutStoreOnPrisma } from './rollout.store.js';
import { WebhookStoreOnPrisma } from './webhook.store.js';

export interface OpenStoresOptions {
  /** A Postgres of your own; with it, any number of processes. */
  readonly databaseUrl?: string;
  /** Without a URL: the embedded Postgres lives under `<dataDir>/postgres`, for one process. */
  readonly dataDir?: string;
  /** Without either: embedded, in memory, gone when closed. */
  readonly memory?: boolean;
  /** 32 bytes that seal the accounts' secrets and key the fingerprints. */
  readonly masterKey: Buffer;
  /** Apply pending migrations (default); without, pending ones are an error. */
  readonly migrate?: boolean;
  /** A dump of an embedded database to begin with, for tests. */
  readonly loadDataDir?: Blob | File;
}

/**
 * Opens the database and the stores on it, migrations applied.
 * @throws DatabaseInUse when another process has the embedded database open; MigrationsPending
 */
export async function openStores(options: OpenStoresOptions): Promise<Stores> {
  if (options.masterKey.length !== 32) throw new RangeError('The master key is 32 bytes.');
  return storesOn(await openDatabase(options), options.masterKey);
}

/** Only the driver that is needed is loaded: PGlite costs memory, and a remote Postgres has no use for it. */
export async function openDatabase({
  databaseUrl,
  dataDir,
  memory,
  migrate = true,
  loadDataDir,
}: OpenStoresOptions): Promise<Database> {
  if (databaseUrl !== undefined) {
    const { openRemote } = await import('./remote-database.js');
    return openRemote({ databaseUrl, migrate });
  }
  if (dataDir === undefined && memory !== true)
    throw new TypeError('Say where the data lives: databaseUrl, dataDir or memory.');
  const { openEmbedded } = await import('./embedded-database.js');
  return openEmbedded({ dataDir: memory === true ? undefined : dataDir, migrate, loadDataDir });
}

export function storesOn({ client, close }: Database, masterKey: Buffer): Stores {
  return {
    payments: new PaymentStoreOnPrisma(client),
    friends: new FriendRequestStoreOnPrisma(client),
    inbox: new InboxStoreOnPrisma(client),
    idempotency: new IdempotencyStoreOnPrisma(client, masterKey),
    ...cachedConfig(new ConfigStoreOnPrisma(client, masterKey), new RolloutStoreOnPrisma(client)),
    audit: new AuditStoreOnPrisma(client),
    impressions: new ImpressionStoreOnPrisma(client),
    webhooks: new WebhookStoreOnPrisma(client, masterKey),
    reconciliations: new ReconciliationStoreOnPrisma(client),
    fingerprint: keyedFingerprint(masterKey),
    ping: async () => void (await client.$queryRaw`SELECT 1`),
    close: once(close),
  };
}
