import {
  pageLinks,
  ProviderDirectory,
  readAppSeed,
  type AppSeed,
  type CoreContext,
  type Stores,
} from '@hutong/payment-core';
import { methods, providers, providerTools } from '@hutong/gateway';
import { openTestStores } from '@hutong/payment-store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { list, verify } from './commands/audit.js';
import { replay } from './commands/replay.js';
import { listVersions, rollBack } from './commands/rollback.js';
import type { Configuration } from './configuration.js';
import { optionsOfCore } from './core-options.js';
import { reconciliationsOfCore } from './core-reconciliations.js';
import { switchOffUnnamed } from './seed/switch-off.js';
import { overStore } from './store-configuration.js';

const installation = { providers, methods };
const NOW = new Date('2027-04-01T00:00:00Z');

const OPEN = { shop: 'open', other: 'open' } as const;

const seed = (id: string): AppSeed => ({
  app: {
    id,
    name: { 'zh-CN': '店', en: 'Shop' },
    branding: { color: '#112233', mark: '店' },
    returnOrigins: ['https://shop.example'],
  },
  accounts: [],
  providers: { alipay: { status: 'excluded' } },
  options: [
    { method: 'wechat_pay', status: 'pending_review', testers: ['reviewer-1'] },
    {
      method: 'wechat_scan',
      status: 'staged',
      steps: [{ at: '2027-03-01T10:00:00+08:00', percent: 10 }],
      allow: [],
      guardrail: { failedPercent: 20, minAttempts: 50 },
      badge: { 'zh-CN': '新', en: 'New' },
    },
    { method: 'duoduo_wallet', status: 'off' },
  ],
  order: [{ when: {}, putFirst: ['wechat_scan'] }],
  links: { phases: [{ from: '2021-11-30T00:00:00+08:00', private: OPEN, group: OPEN, timeline: OPEN }] },
});

let stores: Stores;
let configuration: Configuration;

beforeAll(async () => {
  stores = await openTestStores();
  const core: CoreContext = {
    stores,
    providers: new ProviderDirectory(installation, providerTools),
    clock: { now: () => NOW },
    notifyUrl: () => '',
    links: pageLinks('http://127.0.0.1'),
    report: () => undefined,
  };
  configuration = {
    where: 'a test',
    close: async () => {},
    ...overStore(stores.config, providers, false, providerTools),
    ...optionsOfCore(core),
    ...reconciliationsOfCore(core),
  };
  for (const app of ['shop', 'kiosk']) await configuration.applySeed(seed(app), { reason: 'the first' });
});

afterAll(() => stores.close());

describe('the commands on the store, while no gateway runs', () => {
  it('switch off what no file names, keeping rules, order and texts, and dropping what goes with another status', async () => {
    const named = [{ app: seed('shop').app }];
    const told = await switchOffUnnamed(configuration, installation, named, { dryRun: true });
    expect(told.map(({ what }) => what)).toEqual(['options of kiosk']);
    await switchOffUnnamed(configuration, installation, named, {});
    expect(await stores.config.findOptions('kiosk')).toMatchObject({
      version: 2,
      providers: { alipay: { status: 'excluded' } },
      options: [
        { method: 'wechat_pay', status: 'off' },
        { method: 'wechat_scan', status: 'off', badge: { en: 'New' } },
        { method: 'duoduo_wallet', status: 'off' },
      ],
      order: [{ putFirst: ['wechat_scan'] }],
      links: seed('kiosk').links,
    });
    expect(await switchOffUnnamed(configuration, installation, named, {})).toEqual([]);
  });

  it('put a version back, with who and why in the list', async () => {
    const printed: string[] = [];
    await rollBack(configuration, 'kiosk', undefined, {}, (line) => printed.push(line));
    expect(printed.at(-1)).toBe('version 3 is in force');
    const { options, links } = (await stores.config.findOptions('kiosk'))!;
    expect({ options, links }).toEqual({ options: seed('kiosk').options, links: seed('kiosk').links });
    printed.length = 0;
    await listVersions(configuration, 'kiosk', (line) => printed.push(line));
    expect(printed[0]).toMatch(/│ 3 \(in force\) +│ .+ │ hutong +│ back to version 1 +│/);
    expect(printed[0]).toMatch(/│ 1 +│ .+ │ hutong +│ the first +│/);
  });

  it('refuse a change that was made from an older version', async () => {
    await expect(configuration.rollBack('kiosk', 1, { expected: 1 })).rejects.toThrow('Somebody else was faster');
  });

  it('replay checkouts of a file that has no gateway to ask', async () => {
    const account = { app: 'kiosk', provider: 'wechat_pay', ref: 'main', settings: {} };
    await stores.config.addAccountVersion(account, [], { actor: 'test' });
    const { providers: rules, order, options } = seed('kiosk');
    const report = await configuration.replay(
      'kiosk',
      { providers: rules, order, options: options.map(({ method }) => ({ method, status: 'live' })) },
      { checkouts: [{ amount: 1_299, scene: 'app', payer_id: 'u1' }] },
    );
    expect(report).toMatchObject({ checkouts: 1, changed: 1, appear: { wechat_pay: 1, wechat_scan: 1 }, vanish: {} });
  });

  it('want the later of two times last', async () => {
    const wanted = { providers: {}, options: [], order: [] };
    const range = { from: '2026-11-22T00:00:00+08:00', until: '2026-11-22T00:00:00+08:00' };
    await expect(replay(configuration, 'kiosk', wanted, range)).rejects.toThrow('one day is --from 2026-11-22');
  });

  it('switch off and seed again an app that has a method from elsewhere, once it is off', async () => {
    const museum = seed('museum');
    const elsewhere = { ...museum, options: [...museum.options, { method: 'unionpay', status: 'live' as const }] };
    await configuration.applySeed(elsewhere, {});
    const [change] = await switchOffUnnamed(configuration, installation, [seed('shop'), seed('kiosk')], {});
    expect(change?.details).toContain('unionpay.status: live → off');
    const { document } = await configuration.exportApp('museum');
    const again = readAppSeed(document, installation);
    expect(again.options.at(-1)).toEqual({ method: 'unionpay', status: 'off' });
    expect(await configuration.applySeed(again, {})).toEqual([]);
  });

  it('show the log and follow its chain', async () => {
    expect(await list(configuration, { app: 'kiosk' })).toMatch(/options\.changed .* options version 3/);
    expect(await list(configuration, { app: 'nobody' })).toBe('no entries');
    expect(await verify(configuration)).toMatch(/^\d+ entries, every link holds$/);
  });

  it('end with a sentence where the chain breaks', async () => {
    const broken = { verifyAudit: async () => ({ entries: 4, broken: { sequence: 5, why: 'changed' as const } }) };
    await expect(verify({ ...configuration, ...broken })).rejects.toThrow(
      'The chain breaks at entry 5: what it says is not what was written.',
    );
  });
});
