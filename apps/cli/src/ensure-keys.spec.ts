import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashKey, isKeyOfKind, type ApiKey, type ConfigStore } from '@hutong/payment-core';
import type { ProviderTools } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { ensureKeys } from './ensure-keys.js';
import { readKeys, writeKeys } from './keys-file.js';
import { overStore } from './store-configuration.js';

/** Keys are made without asking anybody. */
const NO_TOOLS: ProviderTools = {
  fetch: () => Promise.reject(new Error('Nobody is asked.')),
  clock: { now: () => new Date(0) },
  nonce: () => '',
};

/** Keys in memory, by hash. */
function memoryKeys() {
  const kept = new Map<string, ApiKey>();
  const config: Partial<ConfigStore> = {
    addKey: async (key, hash) => void kept.set(hash, key),
    findKeyByHash: async (hash) => kept.get(hash),
    listKeys: async (app) => [...kept.values()].filter((key) => key.app === app),
    revokeKey: async (id) => {
      const found = [...kept].find(([, key]) => key.id === id);
      if (found !== undefined) kept.set(found[0], { ...found[1], revokedAt: new Date() });
      return found !== undefined;
    },
  };
  const configuration = {
    where: 'memory',
    close: async () => {},
    ...overStore(config as ConfigStore, [], false, NO_TOOLS),
  };
  return { kept, configuration };
}

describe('ensureKeys', () => {
  it('makes a key for the admin and for each app, and keeps only their hashes', async () => {
    const { kept, configuration } = memoryKeys();
    const { keys, made } = await ensureKeys(configuration, { apps: {} }, ['taote', 'jd']);
    expect(made).toEqual(['admin', 'taote', 'jd']);
    expect(isKeyOfKind(keys.admin ?? '', 'admin')).toBe(true);
    expect(keys.apps['taote']).toMatch(/^hk_test_/);
    expect([...kept.keys()]).toContain(hashKey(keys.apps['taote'] ?? ''));
    expect(JSON.stringify([...kept])).not.toContain(keys.apps['taote']);
  });

  it('keeps the keys that still open something, and replaces one that was revoked or is of another database', async () => {
    const { kept, configuration } = memoryKeys();
    const first = await ensureKeys(configuration, { apps: {} }, ['taote', 'jd']);
    expect(await ensureKeys(configuration, first.keys, ['taote', 'jd'])).toEqual({ keys: first.keys, made: [] });
    const id = kept.get(hashKey(first.keys.apps['jd'] ?? ''))?.id ?? '';
    await configuration.revokeKey('jd', id);
    const second = await ensureKeys(configuration, first.keys, ['taote', 'jd']);
    expect(second.made).toEqual(['jd']);
    expect(second.keys.apps['taote']).toBe(first.keys.apps['taote']);
    expect((await ensureKeys(memoryKeys().configuration, first.keys, ['taote'])).made).toEqual(['admin', 'taote']);
  });

  it('takes no key of another app for an app', async () => {
    const { configuration } = memoryKeys();
    const { keys } = await ensureKeys(configuration, { apps: {} }, ['jd']);
    const mixed = { ...keys, apps: { taote: keys.apps['jd'] ?? '' } };
    expect((await ensureKeys(configuration, mixed, ['taote'])).made).toEqual(['taote']);
  });

  it('revokes only keys of the app that was named', async () => {
    const { kept, configuration } = memoryKeys();
    await ensureKeys(configuration, { apps: {} }, ['jd']);
    const id = [...kept.values()].find((key) => key.app === 'jd')?.id ?? '';
    expect(await configuration.revokeKey('taote', id)).toBe(false);
    expect(await configuration.revokeKey('jd', id)).toBe(true);
  });
});

const freshPath = () => join(mkdtempSync(join(tmpdir(), 'hutong-keys-')), 'data', 'keys.json');

describe('the keys file', () => {
  it('is readable by its owner only, also where it was not before', () => {
    const file = freshPath();
    writeKeys(file, { admin: 'ha_1', apps: { jd: 'hk_test_1' } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ admin: 'ha_1', apps: { jd: 'hk_test_1' } });
    expect(readKeys(file)).toEqual({ admin: 'ha_1', apps: { jd: 'hk_test_1' } });
  });

  it('is empty where there is none, and is never overwritten when it is something else', () => {
    const file = freshPath();
    expect(readKeys(file)).toEqual({ apps: {} });
    writeKeys(file, { apps: {} });
    writeFileSync(file, 'my notes');
    expect(() => readKeys(file)).toThrow('is not a keys file');
  });
});
