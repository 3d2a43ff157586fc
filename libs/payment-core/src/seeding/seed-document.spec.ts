import type { Method, ProviderDefinition } from '@hutong/payment-port';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyConfig, TAOTE } from '../options/test-configs.js';
import { readAppSeed } from './read-app-seed.js';
import { optionsOf } from './plan-seed.js';
import { optionsDocument, seedDocument } from './seed-document.js';

const METHODS = ['alipay', 'alipay_scan', 'wechat_pay', 'wechat_scan'];
const title = { 'zh-CN': '名', en: 'Name' };
const method = (id: string): Method => ({ id, kind: 'wallet', title, scenes: { app: 'app_sdk' } });
const definition = (id: string, methods: readonly string[]): ProviderDefinition => ({
  id,
  title,
  methods: methods.map(method),
  secretFields: [],
  readSettings: (settings) => settings as Readonly<Record<string, unknown>>,
  connect: () => expect.unreachable('Reading a document connects nothing.'),
  fromSandbox: (account) => account,
});
const INSTALLATION = {
  providers: [definition('alipay', METHODS.slice(0, 2)), definition('wechat_pay', METHODS.slice(2))],
  methods: [],
};

it('what is written is read back as the same, whatever the configuration', () => {
  fc.assert(
    fc.property(anyConfig(METHODS, ['alipay', 'wechat_pay']), (config) => {
      const accounts = [{ provider: 'alipay', ref: 'main', settings: { app_id: '2021000000000001' } }];
      const seed = { app: TAOTE, accounts, ...optionsOf(config) };
      const document: unknown = JSON.parse(JSON.stringify(seedDocument(seed)));
      expect(readAppSeed(document, INSTALLATION)).toEqual(seed);
    }),
    { numRuns: 1_000 },
  );
});

it('links stand in the words of a seed file, and not at all where an app has none of its own', () => {
  const group = { shop: 'copy_address', other: 'copy_address' } as const;
  const byKind = { other: 'confirm', shop: 'copy_address' } as const;
  const phase = { timeline: group, group, private: byKind, from: '2021-09-17T00:00:00+08:00' };
  const nothing = { providers: {}, options: [], order: [] };
  expect(JSON.stringify(optionsDocument({ ...nothing, links: { phases: [phase] } })['links'])).toBe(
    '{"phases":[{"from":"2021-09-17T00:00:00+08:00","private":{"shop":"copy_address","other":"confirm"},' +
      '"group":"copy_address","timeline":"copy_address"}]}',
  );
  expect(optionsDocument(nothing)).not.toHaveProperty('links');
});

it('fields stand in the order of the shapes, in whichever a database answers them', () => {
  const option = { preselect: true, badge: { en: 'New', 'zh-CN': '新' }, status: 'live', method: 'alipay' } as const;
  const { options } = optionsDocument({ providers: {}, options: [option], order: [] });
  expect(JSON.stringify(options)).toBe(
    '[{"method":"alipay","status":"live","badge":{"zh-CN":"新","en":"New"},"preselect":true}]',
  );
});
