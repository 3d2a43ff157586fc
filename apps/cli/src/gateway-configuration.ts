import { seedDocument, type AccountView, type ApiKey, type KeyRole, type SeedChange } from '@hutong/payment-core';
import type { Signer } from '@hutong/payment-port';
import { AdminApi, appPath, query, Refused } from './admin-api.js';
import { CannotRun, type Configuration, type MadeKey } from './configuration.js';
import { optionsOfGateway } from './gateway-options.js';
import { reconciliationsOfGateway } from './gateway-reconciliations.js';

/** A key as the admin API shows it. */
interface KeyJson {
  readonly id: string;
  readonly app: string | null;
  readonly role: KeyRole;
  readonly prefix: string;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

/** An account as the admin API shows it. */
interface AccountJson extends Omit<AccountView, 'createdAt'> {
  readonly object: 'account';
  readonly created_at: string;
}

interface List<T> {
  readonly data: readonly T[];
}

/** True when a gateway answers at this URL. */
export async function gatewayAnswers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** The configuration as a running gateway serves it. @throws CannotRun without an admin key */
export function gatewayConfiguration(url: string, adminKey: string | undefined): Configuration {
  if (adminKey === undefined) {
    throw new CannotRun(
      `A gateway runs at ${url}, and there is no admin key to ask it with: give one with --key, or stop it and run this again.`,
    );
  }
  const api = new AdminApi(url, adminKey);
  const keysOf = async (app: string | null): Promise<readonly KeyJson[]> =>
    (await api.call<List<KeyJson>>('GET', keysPathOf(app))).data;
  return {
    where: url,
    ...optionsOfGateway(api),
    ...reconciliationsOfGateway(api),
    applySeed: async (seed, { dryRun = false, prune = false, reason }) => {
      const path = `${appPath(seed.app.id)}${query({ dry_run: dryRun || undefined, prune: prune || undefined })}`;
      const body = { ...seedDocument(seed), ...(reason !== undefined && { reason }) };
      return (await api.call<{ changes: readonly SeedChange[] }>('PUT', path, body)).changes;
    },
    listApps: async () => (await api.call<List<{ id: string }>>('GET', '/apps')).data.map(({ id }) => id),
    listKeys: async (app) => (await keysOf(app)).map(keyOf),
    createKey: (app, role) => api.call<MadeKey>('POST', keysPathOf(app), role === undefined ? {} : { role }),
    revokeKey: (app, id) => found(api.call('DELETE', `${keysPathOf(app)}/${encodeURIComponent(id)}`)),
    async accepts(key, app) {
      if (app === null) return key === adminKey;
      return (await keysOf(app)).some((it) => it.revoked_at === null && key.startsWith(it.prefix));
    },
    listAccounts: async (app) =>
      (await api.call<List<AccountJson>>('GET', `${appPath(app)}/accounts`)).data.map(accountOf),
    async changeAccount(app, id, settings, dryRun) {
      const path = `${accountPath(app, id)}${dryRun ? '?dry_run=true' : ''}`;
      const answer = await api.call<{ account: AccountJson; changed: readonly string[] }>('PATCH', path, { settings });
      return { ...answer, account: accountOf(answer.account) };
    },
    askSigner: async (app, id) =>
      (await api.call<{ signed_by: Signer }>('POST', `${accountPath(app, id)}/check`, {})).signed_by,
    close: async () => {},
  };
}

function accountPath(app: string, id: string): string {
  return `${appPath(app)}/accounts/${encodeURIComponent(id)}`;
}

function accountOf({ object: _, created_at, ...account }: AccountJson): AccountView {
  return { ...account, createdAt: new Date(created_at) };
}

function keysPathOf(app: string | null): string {
  return app === null ? '/keys' : `${appPath(app)}/keys`;
}

async function found(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return false;
    throw error;
  }
}

function keyOf({ id, app, role, prefix, created_at, revoked_at }: KeyJson): ApiKey {
  const revoked = revoked_at === null ? {} : { revokedAt: new Date(revoked_at) };
  return { id, app, role, prefix, createdAt: new Date(created_at), ...revoked };
}
