import {
  checkAccounts,
  diagnoseMessage,
  ProviderDirectory,
  type AccountQuestion,
  type AccountReport,
  type CoreContext,
} from '@hutong/payment-core';
import type { Diagnosis, FailingMessage } from '@hutong/payment-port';
import { readSettings, type Settings } from '@hutong/settings';
import { AdminApi } from '../admin-api.js';
import { CannotRun } from '../configuration.js';
import type { ConnectOptions } from '../connect.js';
import { gatewayAnswers } from '../gateway-configuration.js';
import { keysPath, readKeys } from '../keys-file.js';

/** What the doctor needs of the accounts: through a running gateway, which keeps the keys, or on the store itself. */
export interface Examination {
  readonly where: string;
  listApps(): Promise<readonly string[]>;
  checkAccounts(app: string): Promise<readonly AccountReport[]>;
  diagnose(question: AccountQuestion, message: FailingMessage): Promise<Diagnosis>;
  close(): Promise<void>;
}

/** A running gateway is asked; only when none answers is the store opened. @throws CannotRun without an admin key */
export async function openExamination(options: ConnectOptions): Promise<Examination> {
  const settings = readSettings();
  const at = addressOf(options, settings);
  if (options.url === undefined && !(await gatewayAnswers(at))) return storeExamination(settings);
  const key = options.key ?? readKeys(keysPath(settings.dataDir)).admin;
  if (key === undefined) throw new CannotRun(`There is no admin key to ask ${at} with: give one with --key.`);
  return gatewayExamination(at, new AdminApi(at, key));
}

export function addressOf({ url }: ConnectOptions, settings: Pick<Settings, 'publicUrl'>): string {
  return (url ?? settings.publicUrl).replace(/\/+$/, '');
}

export function gatewayExamination(where: string, api: Pick<AdminApi, 'call'>): Examination {
  const pathOf = (app: string): string => `/apps/${encodeURIComponent(app)}/accounts`;
  return {
    where,
    listApps: async () => (await api.call<{ data: { id: string }[] }>('GET', '/apps')).data.map(({ id }) => id),
    checkAccounts: async (app) => (await api.call<{ data: AccountReport[] }>('POST', `${pathOf(app)}/check`, {})).data,
    diagnose({ app, provider, ref, at }, { kind, method, target, headers, body }) {
      return api.call<Diagnosis>('POST', `${pathOf(app)}/${encodeURIComponent(provider)}/diagnose`, {
        kind,
        method,
        target,
        headers,
        body: Buffer.from(body).toString('base64'),
        ref,
        at: at?.toISOString(),
      });
    },
    close: async () => {},
  };
}

async function storeExamination(settings: Settings): Promise<Examination> {
  const [{ methods, providers, providerTools }, { openDatabase }] = await Promise.all([
    import('@hutong/gateway'),
    import('../offline-configuration.js'),
  ]);
  const stores = await openDatabase(settings);
  const core: Pick<CoreContext, 'stores' | 'providers' | 'notifyUrl'> = {
    stores,
    providers: new ProviderDirectory({ providers, methods }, providerTools),
    notifyUrl: (provider, accountId) => `${settings.publicUrl}/notifications/${provider}/${accountId}`,
  };
  return {
    where: settings.databaseUrl === undefined ? 'the embedded database' : 'the database',
    listApps: async () => (await stores.config.listApps()).map(({ id }) => id),
    checkAccounts: (app) => checkAccounts(core, app),
    diagnose: (question, message) => diagnoseMessage(core, question, message),
    close: () => stores.close(),
  };
}
