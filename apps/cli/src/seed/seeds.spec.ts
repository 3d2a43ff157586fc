import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSeedFiles } from './read-seed-files.js';
import type { Installation, SeedFile } from '@hutong/payment-core';

const folder = join(import.meta.dirname, '../../../../prisma/seed');

const provider = (id: string, ...methods: string[]) => ({ id, methods: methods.map((method) => ({ id: method })) });
const installation = {
  providers: [
    provider('wechat_pay', 'wechat_pay', 'wechat_scan'),
    provider('alipay', 'alipay', 'alipay_scan'),
    provider('wallet', 'duoduo_wallet'),
  ],
  methods: [
    { id: 'barcode', providers: ['wechat_pay', 'alipay'] },
    { id: 'wechat_friend_pay', providers: ['wechat_pay'] },
    { id: 'one_code', providers: ['wechat_pay', 'alipay'] },
  ],
} as unknown as Installation;

const seeds = new Map(
  readSeedFiles(
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name)),
    installation,
  ).map((seed) => [seed.app.id, seed]),
);

const seedOf = (app: string): SeedFile => {
  const seed = seeds.get(app);
  if (seed === undefined) throw new Error(`No seed for ${app}.`);
  return seed;
};
const providersOf = (method: string) => [
  ...installation.providers.filter(({ methods }) => methods.some(({ id }) => id === method)).map(({ id }) => id),
  ...installation.methods.filter(({ id }) => id === method).flatMap(({ providers }) => providers),
];
const optionsOf = (app: string) => seedOf(app).options.map(({ method, status }) => `${method} ${status}`);

describe('the seeds', () => {
  it('are those of the thirteen apps of the story', () => {
    const apps = 'damai eleme hema jd kaola pinduoduo shuqi taobao taocaicai taote tmall xianyu youku';
    expect([...seeds.keys()].toSorted().join(' ')).toBe(apps);
  });

  it('keep the friend who pays beside Alipay at Taocaicai', () => {
    expect(optionsOf('taocaicai')).toEqual(['alipay live', 'wechat_friend_pay live']);
  });

  it('let Taote take a scan while WeChat Pay waits for its review', () => {
    expect(optionsOf('taote')).toEqual(['alipay live', 'wechat_scan live', 'wechat_pay pending_review']);
    expect(seedOf('taote').order).toEqual([{ when: { scene: 'desktop_web' }, putFirst: ['wechat_scan'] }]);
  });

  it.each(['eleme', 'youku', 'damai', 'kaola', 'shuqi'])('have WeChat Pay live next to Alipay at %s', (app) => {
    expect(optionsOf(app)).toEqual(['alipay live', 'wechat_pay live']);
    expect(seedOf(app).providers).toEqual({});
  });

  it.each(['xianyu', 'hema'])('hold WeChat Pay as a whole back for the reviewer at %s', (app) => {
    expect(seedOf(app).providers).toEqual({ wechat_pay: { status: 'pending_review', testers: ['reviewer-1'] } });
  });

  it.each(['taobao', 'tmall'])('open WeChat Pay by dated steps at %s, to nobody in 2026', (app) => {
    const option = seedOf(app).options.find(({ method }) => method === 'wechat_pay');
    const steps = option?.status === 'staged' ? option.steps : [];
    expect(steps.map(({ percent }) => percent)).toEqual([0, 10, 50, 100]);
    expect(steps.filter(({ percent }) => percent > 0).every(({ at }) => at >= '2027')).toBe(true);
  });

  it('put WeChat Pay first, Duoduo Wallet second and Alipay third at Pinduoduo', () => {
    expect(optionsOf('pinduoduo')).toEqual(['wechat_pay live', 'duoduo_wallet live', 'alipay live']);
  });

  it.each(['hema', 'jd'])('show one code for every wallet at the till of %s, and nowhere else', (app) => {
    expect(seedOf(app).options.at(-1)).toMatchObject({ method: 'one_code', status: 'live', scenes: ['in_store'] });
  });

  it("take the payer's code at Hema, at the till and nowhere else", () => {
    expect(optionsOf('hema')).toEqual(['alipay live', 'wechat_pay live', 'barcode live', 'one_code live']);
    expect(seedOf('hema').options.find(({ method }) => method === 'barcode')?.scenes).toEqual(['in_store']);
    const others = [...seeds.values()].filter(({ options }) => options.some(({ method }) => method === 'barcode'));
    expect(others.map(({ app }) => app.id)).toEqual(['hema']);
  });

  it('exclude Alipay as a provider at JD, and give it no account', () => {
    expect(seedOf('jd').providers).toEqual({ alipay: { status: 'excluded' } });
    expect(seedOf('jd').accounts.map(({ provider: id }) => id)).toEqual(['wechat_pay']);
  });

  it('have an account at every provider that a live option needs and the app does not exclude', () => {
    for (const { app, options, accounts, providers } of seeds.values()) {
      const live = options.filter(({ status }) => status !== 'off').flatMap(({ method }) => providersOf(method));
      const needed = live.filter((id) => providers[id]?.status !== 'excluded');
      const held = accounts.map((account) => account.provider);
      expect({ app: app.id, held }).toEqual({ app: app.id, held: expect.arrayContaining(needed) });
    }
  });
});
