import { createHash } from 'node:crypto';
import { newId, type AppConfig, type LinkPolicy, type OptionConfig } from '@hutong/payment-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { everyCell } from './testing/every-cell.js';
import { BY, NOW } from './testing/specimens.js';

const CANARY = 'canary-7f3a';

let test: TestDatabase;
let shop: AppConfig;
beforeAll(async () => {
  test = await openTestDatabase();
});
beforeEach(async () => {
  shop = {
    id: newId('key'),
    name: { 'zh-CN': '小店', en: 'Shop' },
    branding: { color: '#112233', mark: '店' },
    returnOrigins: ['https://shop.example', 'http://127.0.0.1:*'],
  };
  await test.stores.config.saveApp(shop, BY);
});
afterAll(() => test.close());

describe('apps', () => {
  it('come back as saved, and saving again changes them', async () => {
    const { config } = test.stores;
    expect(await config.findApp(shop.id)).toEqual(shop);
    const renamed = { ...shop, name: { ...shop.name, en: 'Store' }, returnOrigins: [] };
    await config.saveApp(renamed, BY);
    expect(await config.findApp(shop.id)).toEqual(renamed);
    expect(await config.listApps()).toContainEqual(renamed);
    expect(await config.findApp('none')).toBeUndefined();
  });
});

describe('options', () => {
  const options = (app: string): Omit<OptionConfig, 'version' | 'createdAt'> => ({
    app,
    providers: { alipay: { status: 'excluded' } },
    options: [
      { method: 'wechat_scan', status: 'live', amount: { max: 100 } },
      { method: 'alipay', status: 'staged', steps: [{ at: '2026-01-01T00:00:00Z', percent: 5 }], allow: [] },
    ],
    order: [{ when: { scene: 'desktop_web' }, putFirst: ['alipay'] }],
  });

  it('are kept in versions that never change, newest first', async () => {
    const { config } = test.stores;
    expect(await config.findOptions(shop.id)).toBeUndefined();
    expect(await config.addOptions(options(shop.id), BY)).toBe(1);
    expect(await config.addOptions({ ...options(shop.id), order: [] }, { ...BY, reason: 'fewer rules' })).toBe(2);
    expect(await config.findOptions(shop.id)).toMatchObject({ version: 2, order: [] });
    expect(await config.findOptions(shop.id, 1)).toEqual({
      ...options(shop.id),
      version: 1,
      createdAt: expect.any(Date) as Date,
    });
    expect(await config.findOptions(shop.id, 3)).toBeUndefined();
  });

  it('keep links of their own with the version, and have none where it has none', async () => {
    const { config } = test.stores;
    const byKind = { shop: 'copy_address', other: 'confirm' } as const;
    const phase = { from: '2021-09-17T00:00:00+08:00', private: byKind, group: byKind, timeline: byKind };
    const links: LinkPolicy = { kinds: { code: 'shop' }, phases: [phase] };
    await config.addOptions({ ...options(shop.id), links }, BY);
    await config.addOptions(options(shop.id), BY);
    expect((await config.findOptions(shop.id, 1))?.links).toEqual(links);
    expect(await config.findOptions(shop.id)).not.toHaveProperty('links');
  });

  it('are numbered without a gap when several add at once', async () => {
    const versions = await Promise.all(
      Array.from({ length: 6 }, () => test.stores.config.addOptions(options(shop.id), BY)),
    );
    expect(versions.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('accounts', () => {
  const settings = {
    mchid: '1900000001',
    sandbox: true,
    private_key: `-----BEGIN ${CANARY}-----`,
    keys: [{ api: CANARY }],
  };
  const secretFields = ['private_key', 'keys', 'absent'];
  const add = (change: Partial<typeof settings> = {}, ref = 'main') =>
    test.stores.config.addAccountVersion(
      { app: shop.id, provider: 'wire', ref, settings: { ...settings, ...change } },
      secretFields,
      BY,
    );

  it('are whole again when read, in versions of one account per name', async () => {
    const { config } = test.stores;
    const first = await add();
    const second = await add({ mchid: '1900000002' });
    const other = await add({}, 'second');
    expect(first).toMatchObject({ version: 1, settings, app: shop.id, provider: 'wire', ref: 'main' });
    expect(second).toMatchObject({ id: first.id, version: 2 });
    expect(other.id).not.toBe(first.id);
    expect(await config.findAccountVersions(first.id)).toEqual([second, first]);
    expect(await config.findAccount(first.id, 1)).toEqual(first);
    expect(await config.findAccount(first.id, 3)).toBeUndefined();
    expect(await config.listAccounts(shop.id)).toEqual([second, other]);
    expect(await config.findAccountVersions('acc_none')).toEqual([]);
  });

  it('are numbered without a gap when several add at once', async () => {
    const added = await Promise.all(Array.from({ length: 6 }, () => add()));
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    expect(added.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leave no secret in any cell of the database', async () => {
    await add();
    const cells = await everyCell(test.database.client);
    expect(cells).toContain('1900000001');
    expect(cells).not.toContain(CANARY);
    expect(cells).not.toContain(Buffer.from(CANARY).toString('hex'));
    expect(cells).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 12));
  });

  it('do not open when two rows swap their secrets', async () => {
    const { config } = test.stores;
    const [a, b] = [await add(), await add({}, 'second')];
    const { accountVersion } = test.database.client;
    const sealedOf = async (id: string) =>
      (await accountVersion.findUniqueOrThrow({ where: { accountId_version: { accountId: id, version: 1 } } })).sealed;
    const theirs = await sealedOf(b.id);
    await accountVersion.update({
      where: { accountId_version: { accountId: a.id, version: 1 } },
      data: { sealed: theirs },
    });
    await expect(config.findAccount(a.id, 1)).rejects.toThrow(`The sealed secrets of account:${a.id}:1 do not open`);
    await expect(config.listAccounts(shop.id)).rejects.not.toThrow(CANARY);
    expect(await config.findAccount(b.id, 1)).toEqual(b);
  });
});

describe('keys', () => {
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

  it('are found by hash, listed by owner and revoked once', async () => {
    const { config } = test.stores;
    const key = { id: newId('key'), app: shop.id, role: 'merchant' as const, prefix: 'hk_test_abc', createdAt: NOW };
    await config.addKey(key, hashOf(`hk_test_${CANARY}`), BY);
    expect(await config.findKeyByHash(hashOf(`hk_test_${CANARY}`))).toEqual(key);
    expect(await config.findKeyByHash(hashOf('other'))).toBeUndefined();
    expect(await config.listKeys(shop.id)).toEqual([key]);
    expect(await config.revokeKey(key.id, BY)).toBe(true);
    expect(await config.revokeKey(key.id, BY)).toBe(false);
    expect(await config.findKeyByHash(hashOf(`hk_test_${CANARY}`))).toEqual({
      ...key,
      revokedAt: expect.any(Date) as Date,
    });
    expect(await everyCell(test.database.client)).not.toContain(`hk_test_${CANARY}`);
  });

  it('of admins have no app', async () => {
    const key = { id: newId('key'), app: null, role: 'owner' as const, prefix: 'ha_abc', createdAt: NOW };
    await test.stores.config.addKey(key, hashOf('admin'), BY);
    expect(await test.stores.config.listKeys(null)).toEqual([key]);
  });
});
