import type { Method, ProviderDefinition } from '@hutong/payment-port';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyConfig, TAOTE } from '../options/test-configs.js';
import { optionsOf } from './plan-seed.js';
import { seedDocument } from './seed-document.js';
import { seedSchema } from './seed-schema.js';

const METHODS = ['alipay', 'alipay_scan', 'wechat_pay', 'wechat_scan'];
const title = { 'zh-CN': '名', en: 'Name' };
const methods = METHODS.map((id): Method => ({ id, kind: 'wallet', title, scenes: { app: 'app_sdk' } }));
const providers = [
  { id: 'alipay', methods: methods.slice(0, 2) },
  { id: 'wechat_pay', methods: methods.slice(2) },
] as readonly Pick<ProviderDefinition, 'id' | 'methods'>[] as readonly ProviderDefinition[];

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(seedSchema({ providers, methods: [] }));

const errorsOf = (document: unknown) => {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

const accounts = [{ provider: 'alipay', ref: 'main', settings: { app_id: '2021000000000001' } }];
const plain = seedDocument({ app: TAOTE, accounts, providers: {}, options: [], order: [] });

describe('the JSON Schema of seed files', () => {
  it('takes whatever a configuration is written as', () => {
    fc.assert(
      fc.property(anyConfig(METHODS, ['alipay', 'wechat_pay']), (config) => {
        const document: unknown = JSON.parse(
          JSON.stringify(seedDocument({ app: TAOTE, accounts, ...optionsOf(config) })),
        );
        expect(errorsOf(document)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a field it does not know', { order_of_options: [] }, 'must NOT have additional properties'],
    ['a method that is not installed', { options: [{ method: 'unionpay', status: 'live' }] }, '/options/0/method'],
    ['a status that there is not', { options: [{ method: 'alipay', status: 'on' }] }, '/options/0/status'],
    [
      'a percentage above all',
      { options: [{ method: 'alipay', status: 'staged', steps: [{ percent: 101 }] }] },
      '<= 100',
    ],
    ['an origin with a path', { return_origins: ['https://shop.example/back'] }, '/return_origins/0'],
    ['a rule on a provider of another kind', { providers: { alipay: 'off' } }, '/providers/alipay'],
  ])('refuses %s', (_, more, told) => {
    expect(errorsOf(plain)).toEqual([]);
    expect(errorsOf({ ...plain, ...more }).join('\n')).toContain(told);
  });
});
