import type { Installation } from '@hutong/payment-core';
import { InvalidAccountConfig } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { readSeed } from './read-seed-files.js';

const method = (id: string) => ({ id, kind: 'wallet', title: { 'zh-CN': id, en: id }, scenes: {} }) as const;

/** Wants an app id. */
const readSettings = (settings: { app_id?: string }) => {
  if (settings.app_id !== undefined) return settings;
  throw new InvalidAccountConfig('wire', [{ pointer: '/app_id', message: 'must be an app id' }]);
};

const installation = {
  providers: [
    { id: 'alipay', methods: [method('alipay'), method('alipay_scan')], readSettings },
    { id: 'wechat_pay', methods: [method('wechat_pay'), method('wechat_scan')], readSettings },
  ],
  methods: [method('barcode')],
} as unknown as Installation;

const seed = `app: shop
name: { zh-CN: 店, en: Shop }
branding: { color: '#112233', mark: 店 }
return_origins: ['http://127.0.0.1:*']
accounts:
  - { provider: alipay, ref: sandbox }
options:
  - { method: alipay, status: live }
  - { method: wechat_pay, status: off }
`;

const read = (text: string) => readSeed('shop.yaml', text, installation);
const problemsOf = (text: string) =>
  read(text).problems.map(({ line, field, message }) => `${line} ${field} ${message}`);
const problemOf = (before: string, after: string) => {
  expect(seed).toContain(before);
  return problemsOf(seed.replace(before, after));
};

describe('readSeed', () => {
  it('reads an app, with no rules on providers and no order of its own unless it says so', () => {
    expect(read(seed)).toMatchObject({
      problems: [],
      seed: {
        app: { id: 'shop', returnOrigins: ['http://127.0.0.1:*'] },
        accounts: [{ provider: 'alipay', ref: 'sandbox' }],
        providers: {},
        options: [
          { method: 'alipay', status: 'live' },
          { method: 'wechat_pay', status: 'off' },
        ],
        order: [],
      },
    });
  });

  it('points at the line of a phase of the links that is out of order', () => {
    const phase = (from: string) => `    - { from: '${from}', private: open, group: open, timeline: open }\n`;
    const first = phase('2021-09-17T00:00:00+08:00');
    const links = `${seed}links:\n  phases:\n`;
    expect(problemsOf(`${links}${first}${phase('2021-11-30T00:00:00+08:00')}`)).toEqual([]);
    expect(problemsOf(`${links}${first}${phase('2021-09-16T16:00:00Z')}`)).toEqual([
      '13 links.phases[1].from must be later than that of the phase before it.',
    ]);
  });

  it('reads a rule on a provider in its short form', () => {
    expect(read(`${seed}providers: { alipay: excluded }\n`).seed?.providers).toEqual({
      alipay: { status: 'excluded' },
    });
  });

  it('reads a provider under review with its testers', () => {
    const rule = `providers: { wechat_pay: { status: pending_review, testers: [reviewer-1] } }\n`;
    expect(read(seed + rule).seed?.providers).toEqual({
      wechat_pay: { status: 'pending_review', testers: ['reviewer-1'] },
    });
  });

  it('points at a field that it does not know, and names those it does', () => {
    expect(problemOf('status: live', 'statsu: live')).toEqual([
      expect.stringMatching(/^8 options\[0\]\.statsu is not known here; accepted are method, status, testers/),
      '8 options[0].status is missing.',
    ]);
  });

  it('names the accepted values of a status, a scene, a method and a provider', () => {
    expect(problemOf('status: live', 'status: on')).toEqual([
      '8 options[0].status must be one of live, staged, pending_review, off; it is "on".',
    ]);
    expect(problemOf('status: live', 'status: live, scenes: [app, kitchen]')[0]).toMatch(
      /^8 options\[0\]\.scenes\[1\] must be one of app, mini_program/,
    );
    expect(problemOf('method: alipay,', 'method: alipey,')[0]).toMatch(
      /alipey is not part of this application, which has alipay, alipay_scan, wechat_pay, wechat_scan/,
    );
    expect(problemOf('provider: alipay', 'provider: unionpay')[0]).toMatch(
      /^6 accounts\[0\]\.provider must be one of alipay, wechat_pay;/,
    );
    expect(problemsOf(`${seed}providers: { unionpay: excluded }\n`)[0]).toMatch(
      /^10 providers\.unionpay is not known here; accepted are alipay, wechat_pay/,
    );
  });

  it('takes a method over several providers like any other', () => {
    expect(problemOf('method: wechat_pay, status: off', 'method: barcode, status: live, scenes: [in_store]')).toEqual(
      [],
    );
  });

  it('keeps a method that is not part of this application while it is off, and its place in an order', () => {
    const gone = seed.replace('method: wechat_pay, status: off', 'method: balance_pay, status: off');
    expect(read(`${gone}order: [{ when: {}, put_first: [balance_pay] }]\n`)).toMatchObject({
      problems: [],
      seed: { options: [{ method: 'alipay' }, { method: 'balance_pay', status: 'off' }] },
    });
    expect(problemsOf(`${seed}order: [{ when: {}, put_first: [balance_pay] }]\n`)).toEqual([
      '10 order[0].put_first names balance_pay, which is not among the options.',
    ]);
  });

  it('refuses a method that is not part of this application unless it is off, by the list of those that are', () => {
    expect(problemOf('method: wechat_pay, status: off', 'method: balance_pay, status: live')[0]).toMatch(
      /^9 options\[1\]\.status must be off: balance_pay is not part of this application, which has .*barcode/,
    );
  });

  it('refuses what could be the id of no method', () => {
    expect(problemOf('method: wechat_pay,', 'method: WeChat Pay,')[0]).toMatch(
      /^9 options\[1\]\.method must be one of .*; it is "WeChat Pay"/,
    );
  });

  it('refuses what stands twice: a key, a method, an account', () => {
    expect(problemsOf(`${seed}app: again\n`)[0]).toMatch(/^10 .*unique/i);
    expect(problemOf('method: wechat_pay,', 'method: alipay,')).toEqual([
      '9 options[1] repeats alipay; each may stand once.',
    ]);
    expect(problemOf('ref: sandbox }', 'ref: sandbox }\n  - { provider: alipay, ref: sandbox }')).toEqual([
      '7 accounts[1] repeats alipay/sandbox; each may stand once.',
    ]);
  });

  it('takes steps in order of time, with real dates and percentages that never fall', () => {
    const staged = (steps: string) => problemOf('status: live', `status: staged, steps: [${steps}]`);
    expect(
      staged(`{ at: '2027-03-01T10:00:00+08:00', percent: 10 }, { at: '2027-04-01T10:00:00+08:00', percent: 100 }`),
    ).toEqual([]);
    expect(staged(`{ at: '2027-03-01', percent: 10 }`)[0]).toMatch(
      /steps\[0\]\.at must be a date and time with its offset/,
    );
    expect(staged(`{ at: '2027-02-30T10:00:00+08:00', percent: 10 }`)[0]).toMatch(/steps\[0\]\.at must be a date/);
    expect(staged(`{ at: '2027-03-01T10:00:00+08:00', percent: 101 }`)[0]).toMatch(
      /percent must be a whole number from 0 to 100/,
    );
    expect(staged(`{ at: '2027-03-01T10:00:00Z', percent: 9 }, { at: '2027-03-01T10:00:00Z', percent: 9 }`)[0]).toMatch(
      /steps\[1\]\.at must be later/,
    );
    expect(staged(`{ at: '2027-03-01T10:00:00Z', percent: 9 }, { at: '2027-04-01T10:00:00Z', percent: 8 }`)[0]).toMatch(
      /steps\[1\]\.percent must not be below/,
    );
    expect(problemOf('status: live', 'status: staged')[0]).toMatch(/options\[0\]\.steps is missing/);
    expect(problemOf('status: live', 'status: live, testers: [a]')[0]).toMatch(/testers does not go with status live/);
  });

  it('takes a favourite only from among the options', () => {
    expect(problemsOf(`${seed}order: [{ when: { scene: app }, put_first: [wechat_scan] }]\n`)).toEqual([
      '10 order[0].put_first names wechat_scan, which is not among the options.',
    ]);
  });

  it('wants settings for every account but that of the sandbox', () => {
    expect(problemOf('ref: sandbox', 'ref: main')).toEqual([
      '6 accounts[0].settings is missing; only ref: sandbox goes without.',
    ]);
    expect(problemOf('ref: sandbox', 'ref: main, settings: { app_id: a }')).toEqual([]);
  });

  it('points at the setting that the provider does not take, or at the account that lacks it', () => {
    expect(problemOf('ref: sandbox', 'ref: main, settings: { key: k }')).toEqual([
      '6 accounts[0].settings.app_id must be an app id.',
    ]);
  });

  it('takes origins without a path and a mark of one character', () => {
    expect(problemOf('http://127.0.0.1:*', 'http://127.0.0.1:8080/back')[0]).toMatch(
      /^4 return_origins\[0\] must be an origin/,
    );
    expect(problemOf('mark: 店', 'mark: 店铺')).toEqual(['3 branding.mark must be one character.']);
  });

  it('tells everything that is wrong in one go', () => {
    expect(
      problemsOf(
        seed.replace('app: shop', 'app: Shop').replace("'#112233'", 'red').replace('status: live', 'status: on'),
      ),
    ).toHaveLength(3);
  });

  it('answers broken YAML and an empty file with a line', () => {
    expect(problemsOf('app: [')[0]).toMatch(/^\d+ /);
    expect(problemsOf('')).toEqual(['1  must be a mapping.']);
  });
});
