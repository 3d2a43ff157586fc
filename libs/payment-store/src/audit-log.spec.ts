import { brokenLink, newId, type AppConfig } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { BY, NOW } from './testing/specimens.js';

const shop: AppConfig = {
  id: 'shop',
  name: { 'zh-CN': '小店', en: 'Shop' },
  branding: { color: '#112233', mark: '店' },
  returnOrigins: [],
};
const options = { app: 'shop', providers: {}, options: [], order: [] };

let test: TestDatabase;
const entries = (after = 0) => test.stores.audit.listEntries({ after, limit: 1_000 });

beforeAll(async () => {
  test = await openTestDatabase();
  await test.stores.config.saveApp(shop, BY);
});
afterAll(() => test.close());

describe('the audit log', () => {
  it('has an entry for every change, by whom and why, in one chain', async () => {
    const { config } = test.stores;
    const [last] = (await entries()).slice(-1);
    await config.addOptions(options, { actor: 'ha_1', reason: 'first options' });
    await config.addAccountVersion(
      { app: 'shop', provider: 'wire', ref: 'main', settings: { mchid: '1', key: 'canary-5b1' } },
      ['key'],
      BY,
    );
    const key = { id: newId('key'), app: 'shop', role: 'merchant' as const, prefix: 'hk_test_abc', createdAt: NOW };
    await config.addKey(key, 'hash-1', BY);
    await config.revokeKey(key.id, BY);
    const added = await entries(last?.sequence);
    expect(added.map(({ action, subject }) => `${action}: ${subject}`)).toEqual([
      'options.changed: options version 1',
      'account.changed: account wire/main version 1',
      'key.made: key hk_test_abc…',
      'key.revoked: key hk_test_abc…',
    ]);
    expect(added[0]).toMatchObject({ actor: 'ha_1', reason: 'first options', app: 'shop' });
    expect(added[1]).not.toHaveProperty('reason');
    expect(JSON.stringify(added)).not.toContain('canary-5b1');
    expect(brokenLink(await entries())).toBeUndefined();
  });

  it('stays one chain when many change things at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => test.stores.config.addOptions(options, BY)));
    expect(brokenLink(await entries())).toBeUndefined();
  });

  it('says nothing of a change that did not happen', async () => {
    const before = await entries();
    expect(await test.stores.config.revokeKey('key_none', BY)).toBe(false);
    await expect(test.stores.config.addOptions(options, BY, 1)).rejects.toThrow(/is the newest/);
    await expect(test.stores.config.addOptions({ ...options, app: 'none' }, BY)).rejects.toThrow(/foreign key/i);
    expect(await entries()).toEqual(before);
  });

  it.each([
    ['changed', `UPDATE audit_entries SET actor = 'nobody'`],
    ['deleted', 'DELETE FROM audit_entries'],
    ['emptied', 'TRUNCATE audit_entries'],
  ])('cannot be %s', async (_, sql) => {
    await expect(test.database.client.$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
  });

  it('is listed from anywhere, of one app or of all', async () => {
    await test.stores.config.saveApp({ ...shop, id: 'other' }, BY);
    const all = await entries();
    expect(await entries(all.length - 1)).toEqual(all.slice(-1));
    const other = await test.stores.audit.listEntries({ app: 'other', after: 0, limit: 10 });
    expect(other.map(({ action, app }) => [action, app])).toEqual([['app.saved', 'other']]);
    expect(await test.stores.audit.listEntries({ after: 0, limit: 2 })).toEqual(all.slice(0, 2));
  });
});

describe('optimistic changes', () => {
  it('are made from the newest version only', async () => {
    const { config } = test.stores;
    await config.saveApp({ ...shop, id: 'calm' }, BY);
    const calm = { ...options, app: 'calm' };
    expect(await config.addOptions(calm, BY, 0)).toBe(1);
    await expect(config.addOptions(calm, BY, 0)).rejects.toMatchObject({ name: 'StaleVersion', newest: 1 });
    const racing = await Promise.allSettled([1, 1, 1].map((version) => config.addOptions(calm, BY, version)));
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await config.listOptionVersions('calm')).map(({ version, author }) => [version, author])).toEqual([
      [2, 'test'],
      [1, 'test'],
    ]);
  });

  it('hold for accounts too', async () => {
    const account = { app: 'shop', provider: 'wire', ref: 'second', settings: {} };
    expect(await test.stores.config.addAccountVersion(account, [], BY, 0)).toMatchObject({ version: 1 });
    await expect(test.stores.config.addAccountVersion(account, [], BY, 0)).rejects.toMatchObject({ newest: 1 });
  });
});
