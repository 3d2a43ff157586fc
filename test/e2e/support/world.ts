import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CORE, createGateway, methods, providers, providerTools, type GatewayParts } from '@hutong/gateway';
import { applySeed, hashKey, keyPrefix, mintKey, newId, type CoreContext, type Stores } from '@hutong/payment-core';
import {
  everyCell,
  isInTransaction,
  openTestDatabase,
  storesOn,
  type TestDatabase,
} from '@hutong/payment-store/testing';
import type { ProviderTools } from '@hutong/payment-port';
import { createSandbox, type Sandbox } from '@hutong/sandbox';
import { readSettings, type Settings } from '@hutong/settings';
import { freePort } from '../../../scripts/free-port.mjs';
import { seedsForTests } from './seeds.js';
import { Merchant } from './merchant.js';
import { Payer } from './payer.js';

/** A whole Hutong in this process: sandbox and gateway on free ports of loopback, the seeded apps, real HTTP between them. */
export interface World {
  readonly sandbox: Sandbox;
  readonly stores: Stores;
  /** What the gateway's own routes work with, for use cases that pages call. */
  readonly core: CoreContext;
  /** Below the stores. */
  readonly database: TestDatabase['database'];
  readonly url: string;
  readonly sandboxUrl: string;
  readonly payer: Payer;
  readonly admin: Merchant;
  merchant(app: string): Merchant;
  /** An openid of that payer for the app's own WeChat app id: 28 letters beginning with o. */
  openidFor(app: string, payer: string): string;
  /** A sandbox account as that provider's settings. */
  settingsOf(provider: string, account: Record<string, unknown>): Readonly<Record<string, unknown>>;
  /** Every cell of the gateway's database as text: what a dump of it would show. */
  dump(): Promise<string>;
  /** Asks again until it holds; fails with what was last seen after `ms`. */
  until<T>(ask: () => Promise<T>, holds: (seen: T) => boolean, ms: number): Promise<T>;
  /** Resolves once the gateway's clock stands where the sandbox's does, as seen by this app. */
  followed(app: string): Promise<void>;
  /** Another gateway on the same database, with a memory of its own, as on a second machine; closed with the world. */
  replica(): Promise<{ readonly url: string }>;
  close(): Promise<void>;
}

/** No network call inside a transaction: in a world of ours, one that is tried fails, and so does whatever it was for. */
export const guardedTools: ProviderTools = {
  ...providerTools,
  fetch: (input, init) => {
    if (isInTransaction()) throw new Error('A provider is called while a transaction is open.');
    return providerTools.fetch(input, init);
  },
};

/** Starts a world of these apps of the story; each takes keys of its own, so name no more than are needed. */
export async function startWorld(
  apps: readonly string[],
  env: Record<string, string> = {},
  parts: Pick<GatewayParts, 'logs'> = {},
): Promise<World> {
  const [sandbox, store, port] = await Promise.all([createSandbox(), openTestDatabase(), freePort()]);
  const stores = { ...store.stores, close: store.close };
  const sandboxUrl = await sandbox.listen();
  const settings = readSettings({
    PORT: String(port),
    SANDBOX_PUBLIC_URL: sandboxUrl,
    LOG_LEVEL: 'silent',
    HUTONG_CLOCK: 'sandbox',
    ...env,
  });
  const gateway = await createGateway({ settings, stores, providers, methods, tools: guardedTools, ...parts });
  await gateway.listen(port, '127.0.0.1');
  const keys = await seed(stores, sandboxUrl, apps);
  return worldOf({ sandbox, stores, store, gateway, settings, sandboxUrl, keys });
}

async function seed(stores: Stores, sandboxUrl: string, apps: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>([['', await addKey(stores, null)]]);
  for (const app of await seedsForTests(sandboxUrl, apps)) {
    await applySeed(stores.config, providers, app, { by: { actor: 'test' } });
    keys.set(app.app.id, await addKey(stores, app.app.id));
  }
  return keys;
}

async function addKey(stores: Stores, app: string | null): Promise<string> {
  const key = mintKey(app === null ? 'ha_' : 'hk_test_');
  const role = app === null ? 'owner' : 'merchant';
  await stores.config.addKey(
    { id: newId('key'), app, role, prefix: keyPrefix(key), createdAt: new Date() },
    hashKey(key),
    { actor: 'test' },
  );
  return key;
}

interface Parts {
  readonly sandbox: Sandbox;
  readonly stores: Stores;
  readonly store: TestDatabase;
  readonly gateway: NestFastifyApplication;
  readonly settings: Settings;
  readonly sandboxUrl: string;
  readonly keys: ReadonlyMap<string, string>;
}

function worldOf({ sandbox, stores, store, gateway, settings, sandboxUrl, keys }: Parts): World {
  const { publicUrl: url } = settings;
  const gateways = [gateway];
  const merchant = (app: string): Merchant => {
    const key = keys.get(app);
    if (key === undefined) throw new Error(`No app ${app} is seeded.`);
    return new Merchant(url, key);
  };
  return {
    sandbox,
    stores,
    core: gateway.get<CoreContext>(CORE),
    database: store.database,
    url,
    sandboxUrl,
    payer: new Payer(sandboxUrl),
    admin: merchant(''),
    merchant,
    openidFor: (app, payer) => `o${createHash('sha256').update(`${app}/${payer}`).digest('hex').slice(0, 27)}`,
    settingsOf: (provider, account) =>
      providers.find(({ id }) => id === provider)?.fromSandbox(account, sandboxUrl) ?? {},
    dump: () => everyCell(store.database.client),
    until,
    async followed(app) {
      const { body } = await new Payer(sandboxUrl).control('GET', '/clock');
      const almostNow = Date.parse(body.now) - 1_000;
      const seen = async () => (await merchant(app).createPayment()).created_at as string;
      await until(seen, (at) => Date.parse(at) >= almostNow, 5_000);
    },
    async replica() {
      const port = await freePort();
      const own = { ...settings, port, publicUrl: `http://127.0.0.1:${port}` };
      const another = { ...storesOn(store.database, store.masterKey), close: async () => {} };
      const replica = await createGateway({ settings: own, stores: another, providers, methods, tools: guardedTools });
      gateways.push(replica);
      await replica.listen(port, '127.0.0.1');
      return { url: own.publicUrl };
    },
    async close() {
      for (const one of gateways) await one.close();
      await sandbox.close();
      await stores.close();
    },
  };
}

async function until<T>(ask: () => Promise<T>, holds: (seen: T) => boolean, ms: number): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const seen = await ask();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`Not within ${ms} ms; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
