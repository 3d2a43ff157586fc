import type { Account, ApiKey, AppConfig, ConfigStore, OptionConfig } from '@hutong/payment-core';
import { accountOf } from './account.rows.js';
import { addAccountVersion, type NewAccountVersion } from './account-writes.js';
import { appOf, appRow, optionsOf, optionsRow } from './app.rows.js';
import type { PrismaClient } from './generated/client.js';
import { addingNextVersion } from './next-version.js';
import { withoutNulls } from './without-nulls.js';

/** Of a key all but its hash. */
const SHOWN = { id: true, app: true, prefix: true, createdAt: true, revokedAt: true } as const;

export class ConfigStoreOnPrisma implements ConfigStore {
  constructor(
    private readonly client: PrismaClient,
    private readonly masterKey: Buffer,
  ) {}

  async listApps(): Promise<readonly AppConfig[]> {
    return (await this.client.app.findMany({ orderBy: { id: 'asc' } })).map(appOf);
  }

  async findApp(id: string): Promise<AppConfig | undefined> {
    const row = await this.client.app.findUnique({ where: { id } });
    return row === null ? undefined : appOf(row);
  }

  async saveApp(app: AppConfig): Promise<void> {
    const row = appRow(app);
    await this.client.app.upsert({ where: { id: app.id }, create: row, update: row });
  }

  async findOptions(app: string, version?: number): Promise<OptionConfig | undefined> {
    const which = version === undefined ? {} : { version };
    const row = await this.client.optionConfig.findFirst({ where: { app, ...which }, orderBy: { version: 'desc' } });
    return row === null ? undefined : optionsOf(row);
  }

  async addOptions(config: Omit<OptionConfig, 'version' | 'createdAt'>, author: string): Promise<number> {
    const { app } = config;
    return addingNextVersion(async () => {
      const newest = await this.client.optionConfig.aggregate({ where: { app }, _max: { version: true } });
      const version = (newest._max.version ?? 0) + 1;
      await this.client.optionConfig.create({ data: { ...optionsRow(config), version, author } });
      return version;
    });
  }

  async listAccounts(app: string): Promise<readonly Account[]> {
    const rows = await this.client.account.findMany({
      where: { app },
      include: { versions: { orderBy: { version: 'desc' }, take: 1 } },
      orderBy: [{ provider: 'asc' }, { ref: 'asc' }],
      relationLoadStrategy: 'join',
    });
    return rows.flatMap(({ versions, ...account }) => versions.map((row) => accountOf(this.masterKey, account, row)));
  }

  async findAccountVersions(id: string): Promise<readonly Account[]> {
    const rows = await this.client.accountVersion.findMany({
      where: { accountId: id },
      include: { account: true },
      orderBy: { version: 'desc' },
      relationLoadStrategy: 'join',
    });
    return rows.map(({ account, ...row }) => accountOf(this.masterKey, account, row));
  }

  async findAccount(id: string, version: number): Promise<Account | undefined> {
    const found = await this.client.accountVersion.findUnique({
      where: { accountId_version: { accountId: id, version } },
      include: { account: true },
      relationLoadStrategy: 'join',
    });
    return found === null ? undefined : accountOf(this.masterKey, found.account, found);
  }

  addAccountVersion(account: NewAccountVersion, secretFields: readonly string[]): Promise<Account> {
    return addAccountVersion(this.client, account, { masterKey: this.masterKey, secretFields });
  }

  async listKeys(app: string | null): Promise<readonly ApiKey[]> {
    const rows = await this.client.apiKey.findMany({
      where: { app },
      select: SHOWN,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(keyOf);
  }

  async addKey(key: ApiKey, hash: string): Promise<void> {
    await this.client.apiKey.create({ data: { ...key, hash }, select: { id: true } });
  }

  async findKeyByHash(hash: string): Promise<ApiKey | undefined> {
    const row = await this.client.apiKey.findUnique({ where: { hash }, select: SHOWN });
    return row === null ? undefined : keyOf(row);
  }

  async revokeKey(id: string): Promise<boolean> {
    const { count } = await this.client.apiKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    return count === 1;
  }
}

type KeyRow = {
  [K in keyof typeof SHOWN]: K extends 'createdAt'
    ? Date
    : K extends 'revokedAt'
      ? Date | null
      : K extends 'app'
        ? string | null
        : string;
};

/** An admin key has no app, and says so. */
function keyOf({ app, ...row }: KeyRow): ApiKey {
  return { ...withoutNulls(row), app };
}
