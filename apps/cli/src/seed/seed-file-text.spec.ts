import type { ExportedApp, Installation } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { readSeed } from './read-seed-files.js';
import { seedFileText } from './seed-file-text.js';

const method = (id: string) => ({ id, kind: 'wallet', title: { 'zh-CN': id, en: id }, scenes: {} }) as const;
const installation = {
  providers: [{ id: 'alipay', methods: [method('alipay'), method('alipay_scan')], readSettings: () => ({}) }],
  methods: [method('barcode')],
} as unknown as Installation;

const exported: ExportedApp = {
  version: 7,
  document: {
    app: 'shop',
    name: { 'zh-CN': '店', en: 'Shop' },
    branding: { color: '#112233', mark: '店' },
    return_origins: ['https://shop.example'],
    accounts: [
      { provider: 'alipay', ref: 'sandbox', settings: { app_id: 'left out: the sandbox has it' } },
      { provider: 'alipay', ref: 'main', settings: { app_id: '2021000000000001', sign_mode: 'key' } },
    ],
    providers: {},
    options: [
      { method: 'alipay', status: 'off', title: { 'zh-CN': '是', en: 'yes: #1, "best" { }' } },
      {
        method: 'alipay_scan',
        status: 'staged',
        steps: [{ at: '2027-03-01T10:00:00+08:00', percent: 10 }],
        allow: ['007', 'true', '买家'],
        guardrail: { failed_percent: 20, min_attempts: 50 },
        min_client: { app: '8.10' },
        calendar: { time_zone: 'Asia/Shanghai', open: [{ from: '22:00', to: '06:00' }] },
      },
    ],
    order: [],
    links: {
      kinds: { code: 'shop' },
      phases: [
        {
          from: '2021-09-17T00:00:00+08:00',
          private: { shop: 'copy_address', other: 'confirm' },
          group: 'copy_address',
          timeline: 'user_choice',
        },
      ],
    },
  },
  withheld: [
    '/accounts/0/settings/private_key',
    '/accounts/1/settings/private_key',
    '/accounts/1/settings/encrypt_key',
  ],
};

describe('seedFileText', () => {
  const text = seedFileText(exported);

  it('is read back as the same app, texts that look like other things included', () => {
    const { seed, problems } = readSeed('shop.yaml', text, installation);
    expect(problems).toEqual([]);
    expect(seed?.options).toMatchObject([
      { method: 'alipay', status: 'off', title: { en: 'yes: #1, "best" { }' } },
      {
        allow: ['007', 'true', '买家'],
        minClient: { app: '8.10' },
        guardrail: { failedPercent: 20, minAttempts: 50 },
        calendar: { timeZone: 'Asia/Shanghai', open: [{ from: '22:00', to: '06:00' }] },
      },
    ]);
    expect(seed?.links).toMatchObject({
      kinds: { code: 'shop' },
      phases: [{ from: '2021-09-17T00:00:00+08:00', private: { other: 'confirm' }, timeline: { shop: 'user_choice' } }],
    });
    expect(seed?.accounts).toEqual([
      { provider: 'alipay', ref: 'sandbox' },
      { provider: 'alipay', ref: 'main', settings: { app_id: '2021000000000001', sign_mode: 'key' } },
    ]);
  });

  it('names the secrets to fill in above the account that wants them, and none for the sandbox', () => {
    const lines = text.split('\n');
    const comments = lines.filter((line) => line.includes('Secret'));
    expect(comments).toEqual(['  # Secret, and not written here. Fill in under settings: private_key, encrypt_key']);
    expect(lines[lines.indexOf(comments[0]!) + 1]).toContain('ref: main');
  });

  it('puts in quotes what an older reader of YAML would take for a time', () => {
    expect(text).toContain("{ at: '2027-03-01T10:00:00+08:00', percent: 10 }");
    expect(text).toContain("{ from: '22:00', to: '06:00' }");
  });

  it('says which version it was written from', () => {
    expect(text.split('\n')[0]).toBe('# Written from version 7 of the options in force.');
  });
});
