import {
  type Account,
  type ApiKey,
  type AppConfig,
  type Authorship,
  type ConfigStore,
  type KeyRole,
  type OptionConfig,
  type OptionVersion,
} from '@hutong/payment-core';
import { accountOf } from './account.rows.js';
import { addAccountVersion, type NewAccountVersion } from './account-writes.js';
import { appOf, appRow, optionsOf, optionsRow, optionVersionOf, SIGNATURE } from './app.rows.js';
import { audited } from './audit-log.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { addingNextVersion, nextVersion } from './next-version.js';
import { withoutNulls } from './without-nulls.js';

/** Of a key all but its hash. */
const SHOWN = { id: true, app: true, role: true, prefix: true, createdAt: true, revokedAt: true } as const;

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

  async saveApp(app: AppConfig, by: Authorship): Promise<void> {
    const row = appRow(app);
    await audited(this.client, async (tx) => {
      await tx.app.upsert({ where: { id: app.id }, create: row, update: row });
      return {
        answer: undefined,
        note: { ...by, action: 'app.saved', app: app.id, subject: `app ${app.id}`, detail: row },
      };
    });
  }

  async findOptions(app: string, version?: number): Promise<OptionConfig | undefined> {
    const which = version === undefined ? {} : { version };
    const row = await this.client.optionConfig.findFirst({ where: { app, ...which }, orderBy: { version: 'desc' } });
    return row === null ? undefined : optionsOf(row);
  }

  async listOptionVersions(app: string): Promise<readonly OptionVersion[]> {
    const rows = await this.client.optionConfig.findMany({
      where: { app },
      select: SIGNATURE,
      orderBy: { version: 'desc' },
    });
    return rows.map(optionVersionOf);
  }

  async addOptions(
    config: Omit<OptionConfig, 'version' | 'createdAt'>,
    by: Authorship,
    expected?: number,
  ): Promise<number> {
    const { app } = config;
    return addingNextVersion(() =>
      audited(this.client, async (tx) => {
        const newest = await tx.optionConfig.aggregate({ where: { app }, _max: { version: true } });
        const version = nextVersion(newest._max.version, expected);
        const data = { ...optionsRow(config), version, author: by.actor, reason: by.reason ?? null };
        await tx.optionConfig.create({ data, select: { version: true } });
        const subject = `options version ${version}`;
        return { answer: version, note: { ...by, action: 'options.changed', app, subject, detail: { version } } };
      }),
    );
  }

  async listAccounts(app: string): Promise<readonly Account[]> {
    const rows = await this.client.account.findMany({
      where: { app, retiredAt: null },
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

  addAccountVersion(
    account: NewAccountVersion,
    secretFields: readonly string[],
    by: Authorship,
    expected?: number,
  ): Promise<Account> {
    return addAccountVersion(this.client, account, { masterKey: this.masterKey, secretFields, by, expected });
  }

  retireAccount(id: string, by: Authorship): Promise<boolean> {
    return audited(this.client, async (tx) => {
      const [row] = await tx.account.updateManyAndReturn({
        where: { id, retiredAt: null },
        data: { retiredAt: new Date() },
      });
      if (row === undefined) return { answer: false };
      const { app, provider, ref } = row;
      const subject = `account ${provider}/${ref}`;
      return { answer: true, note: { ...by, action: 'account.retired', app, subject, detail: { id } } };
    });
  }

  async listKeys(app: string | null): Promise<readonly ApiKey[]> {
    const rows = await this.client.apiKey.findMany({
      where: { app },
      select: SHOWN,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(keyOf);
  }

  async addKey(key: ApiKey, hash: string, by: Authorship): Promise<void> {
    await audited(this.client, async (tx) => {
      await tx.apiKey.create({ data: { ...key, hash }, select: { id: true } });
      return { answer: undefined, note: keyNote('key.made', key, by) };
    });
  }

  async findKeyByHash(hash: string): Promise<ApiKey | undefined> {
    const row = await this.client.apiKey.findUnique({ where: { hash }, select: SHOWN });
    return row === null ? undefined : keyOf(row);
  }

  revokeKey(id: string, by: Authorship): Promise<boolean> {
    return audited(this.client, async (tx) => {
      const revoked = await tx.apiKey.updateManyAndReturn({
        where: { id, revokedAt: null },
        data: { revokedAt: new Date() },
        select: SHOWN,
      });
      const [row] = revoked;
      return row === undefined ? { answer: false } : { answer: true, note: keyNote('key.revoked', keyOf(row), by) };
    });
  }
}

function keyNote(action: 'key.made' | 'key.revoked', { id, app, role, prefix }: ApiKey, by: Authorship) {
  const about = app === null ? {} : { app };
  return { ...by, ...about, action, subject: `key ${prefix}…`, detail: { id, role, prefix } };
}

type KeyRow = Prisma.ApiKeyGetPayload<{ select: typeof SHOWN }>;

/** An admin key has no app, and says so. */
function keyOf({ app, role, ...row }: KeyRow): ApiKey {
  return { ...withoutNulls(row), app, role: role as KeyRole };
}
