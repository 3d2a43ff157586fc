import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../content-hash.js';
import { anyConfig } from '../options/test-configs.js';
import { differencesOfOptions, optionsOf, type SeedOptions } from './plan-seed.js';

const STEPS = [
  { at: '2027-03-01T10:00:00+08:00', percent: 10 },
  { at: '2027-06-01T10:00:00+08:00', percent: 100 },
];

const held: SeedOptions = {
  providers: {},
  options: [
    { method: 'alipay', status: 'live', preselect: true },
    { method: 'wechat_pay', status: 'staged', steps: STEPS, allow: [] },
    { method: 'wechat_scan', status: 'live' },
  ],
  order: [{ when: { scene: 'app' }, putFirst: ['wechat_pay'] }],
};
const [alipay, wechat, scan] = held.options as [
  SeedOptions['options'][0],
  SeedOptions['options'][0],
  SeedOptions['options'][0],
];
const told = (change: Partial<SeedOptions>) => differencesOfOptions(held, { ...held, ...change });

describe('differences between two versions of options', () => {
  it('tell a move as the whole order, before and after', () => {
    expect(told({ options: [wechat, alipay, scan] })).toEqual([
      'order of options: alipay, wechat_pay, wechat_scan → wechat_pay, alipay, wechat_scan',
    ]);
  });

  it('tell an option that comes with its status and what it says, and one that goes by its name', () => {
    const folded = { method: 'barcode', status: 'live', fold: true, scenes: ['in_store'] } as const;
    expect(told({ options: [alipay, wechat, folded] })).toEqual([
      'order of options: alipay, wechat_pay, wechat_scan → alipay, wechat_pay, barcode',
      'wechat_scan: removed (was live)',
      'barcode: added, live { scenes: [in_store], fold: true }',
    ]);
  });

  it('tell steps one by one, so that the one that changed is seen', () => {
    const later = [STEPS[0]!, { at: '2027-06-01T10:00:00+08:00', percent: 50 }];
    expect(told({ options: [alipay, { ...wechat, steps: later } as typeof wechat, scan] })).toEqual([
      'wechat_pay.steps - { at: 2027-06-01T10:00:00+08:00, percent: 100 }',
      'wechat_pay.steps + { at: 2027-06-01T10:00:00+08:00, percent: 50 }',
    ]);
  });

  it('spell fields and texts as a seed file does', () => {
    const badged = { ...alipay, badge: { 'zh-CN': '推荐', en: 'New' }, minClient: { app: '8.2.0' } };
    expect(told({ options: [badged, wechat, scan] })).toEqual([
      'alipay.min_client: none → { app: 8.2.0 }',
      'alipay.badge: none → { zh-CN: 推荐, en: New }',
    ]);
  });

  it('tell a change of status with what comes and goes with it', () => {
    const reviewed = { method: 'wechat_pay', status: 'pending_review', testers: ['reviewer-1'] } as const;
    expect(told({ options: [alipay, reviewed, scan] })).toEqual([
      'wechat_pay.status: staged → pending_review',
      'wechat_pay.steps - { at: 2027-03-01T10:00:00+08:00, percent: 10 }',
      'wechat_pay.steps - { at: 2027-06-01T10:00:00+08:00, percent: 100 }',
      'wechat_pay.allow: empty → none',
      'wechat_pay.testers: none → reviewer-1',
    ]);
  });

  it('tell rules of order and on providers', () => {
    const order = [{ when: { amount: { min: 50_000 } }, putFirst: ['alipay'] }, ...held.order];
    expect(told({ order, providers: { alipay: { status: 'excluded' } } })).toEqual([
      'providers.alipay: none → { status: excluded }',
      'order + { when: { amount: { min: 50000 } }, put_first: [alipay] }',
    ]);
    const swapped = differencesOfOptions({ ...held, order }, { ...held, order: order.toReversed() });
    expect(swapped[0]).toMatch(/^order in another order: \{ when: \{ scene: app \}/);
  });

  it('tell links phase by phase when they come, change and go', () => {
    const every = (decision: 'open' | 'copy_address') => ({ shop: decision, other: decision });
    const phase = (from: string, more: object = {}) => {
      return { from, private: every('open'), group: every('copy_address'), timeline: every('copy_address'), ...more };
    };
    const links = { phases: [phase('2021-11-29T20:00:00+08:00')] };
    const line = '{ from: 2021-11-29T20:00:00+08:00, private: open, group: copy_address, timeline: copy_address }';
    expect(told({ links })).toEqual(['links: the default → its own', `links.phases + ${line}`]);
    const back = differencesOfOptions({ ...held, links }, held);
    expect(back).toEqual(['links: its own → the default', `links.phases - ${line}`]);
    const later = phase('2022-03-01T00:00:00+08:00', { group: { shop: 'user_choice', other: 'open' } });
    const changed = { kinds: { code: 'shop' as const }, phases: [...links.phases, later] };
    expect(differencesOfOptions({ ...held, links }, { ...held, links: changed })).toEqual([
      'links.phases + { from: 2022-03-01T00:00:00+08:00, private: open, group: { shop: user_choice, other: open }, timeline: copy_address }',
      'links.kinds: none → { code: shop }',
    ]);
  });

  it('are none exactly when nothing differs, which is what decides whether a version is made', () => {
    const config = anyConfig(['alipay', 'wechat_pay'], ['alipay']);
    fc.assert(
      fc.property(config, config, (before, after) => {
        const same = contentHash(optionsOf(before)) === contentHash(optionsOf(after));
        expect(differencesOfOptions(before, after).length === 0).toBe(same);
        expect(differencesOfOptions(before, structuredClone(before))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
