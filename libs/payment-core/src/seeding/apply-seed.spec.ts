import { InvalidAccountConfig, type ProviderDefinition } from '@hutong/payment-port';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AppConfig, OptionConfig } from '../options/option-config.js';
import { PaymentProblem } from '../problem.js';
import type { Account, ConfigStore } from '../stores/config.store.js';
import type { AppSeed } from './app-seed.js';
import { applySeed } from './apply-seed.js';

const wire: ProviderDefinition = {
  id: 'wire',
  title: { 'zh-CN': '线', en: 'Wire' },
  methods: [],
  secretFields: ['key'],
  readSettings: (settings) => {
    const { key, mode = 'plain' } = settings as { key?: string; mode?: string };
    if (key === undefined) throw new InvalidAccountConfig('wire', [{ pointer: '/key', message: 'must be a text' }]);
    return { key, mode };
  },
  connect: () => {
    throw new Error('Seeding connects nothing.');
  },
  fromSandbox: (account) => account,
};

const seed: AppSeed = {
  app: {
    id: 'shop',
    name: { 'zh-CN': '店', en: 'Shop' },
    branding: { color: '#112233', mark: '店' },
    returnOrigins: [],
  },
  accounts: [{ provider: 'wire', ref: 'main', settings: { key: 'k1' } }],
  providers: {},
  options: [
    { method: 'one', status: 'live' },
    { method: 'two', status: 'off' },
  ],
  order: [],
};

/** Configuration kept in memory, with what was sealed. */
class MemoryConfig implements Partial<ConfigStore> {
  apps = new Map<string, AppConfig>();
  options: OptionConfig[] = [];
  accounts: Account[] = [];
  sealed: (readonly string[])[] = [];

  async findApp(id: string) {
    return this.apps.get(id);
  }
  async saveApp(app: AppConfig) {
    this.apps.set(app.id, app);
  }
  async findOptions(app: string) {
    return this.options.findLast((config) => config.app === app);
  }
  async addOptions(config: Omit<OptionConfig, 'version' | 'createdAt'>) {
    const version = this.options.filter(({ app }) => app === config.app).length + 1;
    // What a JSON column answers: members without a value are gone.
    this.options.push(JSON.parse(JSON.stringify({ ...config, version, createdAt: new Date(0) })) as OptionConfig);
    return version;
  }
  async listAccounts(app: string) {
    const mine = this.accounts.filter((account) => account.app === app);
    return mine.filter(
      (account) => !mine.some((other) => other.ref === account.ref && other.version > account.version),
    );
  }
  async addAccountVersion(
    account: Pick<Account, 'app' | 'provider' | 'ref' | 'settings'>,
    secretFields: readonly string[],
  ) {
    const version = this.accounts.filter(({ ref }) => ref === account.ref).length + 1;
    const added = { ...account, id: 'acc_1', version, createdAt: new Date(0) };
    this.accounts.push(added);
    this.sealed.push(secretFields);
    return added;
  }
}

describe('applySeed', () => {
  let memory: MemoryConfig;
  const apply = (wanted: AppSeed, dryRun = false) =>
    applySeed(memory as unknown as ConfigStore, [wire], wanted, { dryRun, by: { actor: 'test' } });

  beforeEach(() => {
    memory = new MemoryConfig();
  });

  it('writes the app, its accounts and its options, and says so', async () => {
    const changes = await apply(seed);
    expect(changes.map(({ action, what }) => `${action} ${what}`)).toEqual([
      'create app shop',
      'create account wire/main of shop',
      'create options of shop',
    ]);
    expect(memory.options[0]?.options.map(({ method }) => method)).toEqual(['one', 'two']);
    expect(memory.sealed).toEqual([['key']]);
  });

  it('changes nothing the second time', async () => {
    await apply(seed);
    expect(await apply(seed)).toEqual([]);
    expect(memory.options).toHaveLength(1);
    expect(memory.accounts).toHaveLength(1);
  });

  it('takes defaults that are spelled out for the same account', async () => {
    await apply(seed);
    expect(
      await apply({ ...seed, accounts: [{ provider: 'wire', ref: 'main', settings: { mode: 'plain', key: 'k1' } }] }),
    ).toEqual([]);
  });

  it('plans without writing on a dry run', async () => {
    expect(await apply(seed, true)).toHaveLength(3);
    expect(memory.apps.size + memory.accounts.length + memory.options.length).toBe(0);
  });

  it('adds an account version when a setting changes, naming the field and never its value', async () => {
    await apply(seed);
    const [change] = await apply({ ...seed, accounts: [{ provider: 'wire', ref: 'main', settings: { key: 'k2' } }] });
    expect(change).toMatchObject({ kind: 'account', action: 'update', details: ['version 2', 'key changes'] });
    expect(JSON.stringify(change)).not.toContain('k2');
    expect(memory.accounts.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('tells a move in the list from an edit of an option', async () => {
    await apply(seed);
    const [one, two] = seed.options as [AppSeed['options'][number], AppSeed['options'][number]];
    const [moved] = await apply({ ...seed, options: [two, one] }, true);
    expect(moved?.details).toEqual(['version 2', 'order of options: one, two → two, one']);
    const [edited] = await apply({ ...seed, options: [{ ...one, status: 'off' }, two] }, true);
    expect(edited?.details).toEqual(['version 2', 'one.status: live → off']);
  });

  it('refuses settings that their provider cannot read, pointing into the seed, and writes nothing', async () => {
    const broken = { ...seed, accounts: [{ provider: 'wire', ref: 'main', settings: {} }] };
    const refusal = await apply(broken).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PaymentProblem);
    expect((refusal as PaymentProblem).errors).toEqual([
      { pointer: '/accounts/0/settings/key', message: 'must be a text' },
    ]);
    expect(memory.apps.size).toBe(0);
  });

  it('refuses a provider that is not installed and a method that stands twice', async () => {
    await expect(apply({ ...seed, accounts: [{ provider: 'other', ref: 'a', settings: {} }] })).rejects.toThrow(
      'must be one of wire',
    );
    await expect(apply({ ...seed, options: [...seed.options, ...seed.options] })).rejects.toThrow('repeats one');
  });
});
