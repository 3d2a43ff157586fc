import type { Account, ConfigStore } from '@hutong/payment-core';
import { InvalidAccountConfig, type ProviderDefinition, type ProviderTools } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { overStore } from './store-configuration.js';

const TOOLS: ProviderTools = { fetch: globalThis.fetch, clock: { now: () => new Date(0) }, nonce: () => '' };

/** A wire whose accounts have a number and a secret, and which says that this secret's owner signs. */
const WIRE = {
  id: 'wire',
  secretFields: ['secret'],
  readSettings(settings: Record<string, unknown>) {
    if (typeof settings['number'] !== 'string')
      throw new InvalidAccountConfig('wire', [{ pointer: '/number', message: 'must be a text' }]);
    return settings;
  },
  connect: ({ number }: { number: string }) => ({
    askSigner: async () => ({ kind: 'certificate' as const, name: `of ${number}` }),
  }),
} as unknown as ProviderDefinition;

/** One account of one app, versions in memory. */
function configuration() {
  const versions: Account[] = [];
  const add = (settings: Account['settings']): Account => {
    const named = { id: 'acc_1', app: 'shop', provider: 'wire', ref: 'main' };
    const account = { ...named, version: versions.length + 1, settings, createdAt: new Date(0) };
    versions.push(account);
    return account;
  };
  add({ number: '1', secret: 's', note: 'n' });
  const config: Partial<ConfigStore> = {
    listAccounts: async (app) => (app === 'shop' ? versions.slice(-1) : []),
    addAccountVersion: async ({ settings }) => add(settings),
  };
  return { versions, accounts: overStore(config as ConfigStore, [WIRE], false, TOOLS) };
}

describe('the accounts of a store', () => {
  it('are shown without their secrets', async () => {
    const [account] = await configuration().accounts.listAccounts('shop');
    expect(account).toMatchObject({ version: 1, settings: { number: '1', note: 'n' }, secrets: ['secret'] });
    expect(account?.settings).not.toHaveProperty('secret');
  });

  it('get a new version that keeps what is not named, loses what is null, and never shows a secret', async () => {
    const { versions, accounts } = configuration();
    const { account, changed } = await accounts.changeAccount('shop', 'acc_1', { number: '2', note: null }, false);
    expect(changed).toEqual(['note', 'number']);
    expect(account).toMatchObject({ version: 2, settings: { number: '2' }, secrets: ['secret'] });
    expect(versions.at(-1)?.settings).toEqual({ number: '2', secret: 's' });
  });

  it('stay as they are in a dry run, where nothing differs, and where something does not fit', async () => {
    const { versions, accounts } = configuration();
    expect((await accounts.changeAccount('shop', 'acc_1', { number: '2' }, true)).changed).toEqual(['number']);
    expect((await accounts.changeAccount('shop', 'acc_1', { number: '1' }, false)).changed).toEqual([]);
    await expect(accounts.changeAccount('shop', 'acc_1', { number: null }, false)).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/settings/number', message: 'must be a text' }],
    });
    expect(versions).toHaveLength(1);
  });

  it('ask their provider who signs; one that is not there is not found', async () => {
    const { accounts } = configuration();
    expect(await accounts.askSigner('shop', 'acc_1')).toEqual({ kind: 'certificate', name: 'of 1' });
    await expect(accounts.askSigner('other', 'acc_1')).rejects.toMatchObject({ code: 'not_found' });
    await expect(accounts.changeAccount('shop', 'acc_2', {}, false)).rejects.toMatchObject({ code: 'not_found' });
  });
});
