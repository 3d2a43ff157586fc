import { SCENES, type Scene } from '@hutong/payment-port';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownMethod } from '../provider-directory.js';
import { judgeOptions, type CheckoutFacts } from './judge-options.js';
import type { Option, OptionConfig } from './option-config.js';

const title = { 'zh-CN': '名', en: 'Name' };
/** A method over these providers; the clue tells none of them, as while an option is only listed. */
const method = (id: string, providers: string | string[], scenes: KnownMethod['scenes']): KnownMethod => ({
  id,
  providers: [providers].flat(),
  providerOf: () => undefined,
  kind: 'wallet',
  title,
  scenes,
});

const METHODS = [
  method('alipay', 'alipay', { app: 'app_sdk', mobile_web: 'mobile_page', desktop_web: 'desktop_page' }),
  method('alipay_scan', 'alipay', { desktop_web: 'qr_code' }),
  method('wechat_pay', 'wechat_pay', { app: 'app_sdk', mobile_web: 'mobile_page' }),
  method('wechat_scan', 'wechat_pay', { app: 'qr_code', desktop_web: 'qr_code' }),
  method('duoduo_wallet', 'wallet', { app: 'mobile_page' }),
  method('barcode', ['wechat_pay', 'alipay'], { in_store: 'payer_code' }),
];

const ALL_PROVIDERS = new Set(['alipay', 'wechat_pay', 'wallet']);
const installed = { methods: METHODS, providersWithAccount: ALL_PROVIDERS };

const config = (options: readonly Option[], more: Partial<OptionConfig> = {}): OptionConfig => ({
  app: 'taote',
  version: 1,
  providers: {},
  options,
  order: [],
  createdAt: new Date(0),
  ...more,
});

const facts = (more: Partial<CheckoutFacts> = {}): CheckoutFacts => ({
  amount: 1_299,
  currency: 'CNY',
  scene: 'app',
  now: new Date('2026-11-23T00:00:00Z'),
  ...more,
});

const shownIds = (judged: ReturnType<typeof judgeOptions>) => judged.shown.map(({ method: { id } }) => id);
const reasonOf = (judged: ReturnType<typeof judgeOptions>, id: string) =>
  judged.verdicts.find((it) => it.method === id)?.reason;

const live = (id: string, more: Partial<Option> = {}): Option => ({ method: id, status: 'live', ...more }) as Option;

describe('the order that a payer sees', () => {
  it("is the app's own list", () => {
    const judged = judgeOptions(
      config([live('wechat_pay'), live('duoduo_wallet'), live('alipay')]),
      facts(),
      installed,
    );
    expect(shownIds(judged)).toEqual(['wechat_pay', 'duoduo_wallet', 'alipay']);
    expect(judged.shown.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('may differ by scene, the rest keeping theirs', () => {
    const order = [{ when: { scene: 'desktop_web' as const }, putFirst: ['wechat_scan'] }];
    const options = [live('alipay'), live('alipay_scan'), live('wechat_scan')];
    expect(shownIds(judgeOptions(config(options, { order }), facts({ scene: 'desktop_web' }), installed))).toEqual([
      'wechat_scan',
      'alipay',
      'alipay_scan',
    ]);
    expect(shownIds(judgeOptions(config(options, { order }), facts({ scene: 'app' }), installed))).toEqual([
      'alipay',
      'wechat_scan',
    ]);
  });
});

describe('the reason why a method is missing', () => {
  it.each([
    ['excluded_by_app', config([live('alipay')], { providers: { alipay: { status: 'excluded' } } }), facts()],
    ['switched_off', config([{ method: 'alipay', status: 'off' }]), facts()],
    ['not_configured', config([]), facts()],
    [
      'pending_review',
      config([{ method: 'alipay', status: 'pending_review', testers: ['reviewer-1'] }]),
      facts({ payerId: 'u1' }),
    ],
    [
      'not_in_rollout',
      config([{ method: 'alipay', status: 'staged', steps: [], allow: [] }]),
      facts({ payerId: 'u1' }),
    ],
    ['scene_unsupported', config([live('alipay')]), facts({ scene: 'wechat_web' })],
    ['scene_unsupported', config([live('alipay', { scenes: ['desktop_web'] })]), facts({ scene: 'app' })],
    ['currency_unsupported', config([live('alipay')]), facts({ currency: 'USD' })],
    ['amount_below_min', config([live('alipay', { amount: { min: 2_000 } })]), facts()],
    ['amount_above_max', config([live('alipay', { amount: { max: 1_000 } })]), facts()],
  ])('is %s', (reason, options, asked) => {
    expect(reasonOf(judgeOptions(options, asked, installed), 'alipay')).toBe(reason);
  });

  it('is account_missing where the app has no account at the provider', () => {
    const without = { ...installed, providersWithAccount: new Set(['wechat_pay']) };
    expect(reasonOf(judgeOptions(config([live('alipay')]), facts(), without), 'alipay')).toBe('account_missing');
  });

  it('is switched_off for a method that this application does not have, whatever its status', () => {
    expect(reasonOf(judgeOptions(config([live('wechat_friend_pay')]), facts(), installed), 'wechat_friend_pay')).toBe(
      'switched_off',
    );
  });

  it('is the first in order of precedence when several hold', () => {
    const options = config([{ method: 'alipay', status: 'off' }], { providers: { alipay: { status: 'excluded' } } });
    expect(reasonOf(judgeOptions(options, facts({ scene: 'wechat_web' }), installed), 'alipay')).toBe(
      'excluded_by_app',
    );
  });
});

describe('testers and rollouts', () => {
  it('shows what is under review to its testers only', () => {
    const providers = { wechat_pay: { status: 'pending_review' as const, testers: ['reviewer-1'] } };
    const options = config([live('alipay'), live('wechat_pay')], { providers });
    expect(shownIds(judgeOptions(options, facts({ payerId: 'reviewer-1' }), installed))).toEqual([
      'alipay',
      'wechat_pay',
    ]);
    expect(shownIds(judgeOptions(options, facts({ payerId: 'u1' }), installed))).toEqual(['alipay']);
  });

  it('never takes an option away when the percentage grows', () => {
    const staged = (percent: number) =>
      config([{ method: 'alipay', status: 'staged', allow: [], steps: [{ at: '2026-01-01T00:00:00Z', percent }] }]);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (payerId, a, b) => {
          const seen = (percent: number) =>
            shownIds(judgeOptions(staged(percent), facts({ payerId }), installed)).length;
          expect(seen(Math.max(a, b))).toBeGreaterThanOrEqual(seen(Math.min(a, b)));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('shows nobody an option at 0 % and everybody at 100 %', () => {
    const at = (percent: number) =>
      config([
        { method: 'alipay', status: 'staged', allow: ['vip'], steps: [{ at: '2026-01-01T00:00:00Z', percent }] },
      ]);
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (payerId) => {
        expect(shownIds(judgeOptions(at(0), facts({ payerId }), installed))).toEqual([]);
        expect(shownIds(judgeOptions(at(100), facts({ payerId }), installed))).toEqual(['alipay']);
      }),
    );
    expect(shownIds(judgeOptions(at(0), facts({ payerId: 'vip' }), installed))).toEqual(['alipay']);
  });
});

describe('an option over several wallets', () => {
  const barcode = config([live('barcode')]);
  const atTheTill = (more: Partial<OptionConfig> = {}, payerId = 'u1', accounts: ReadonlySet<string> = ALL_PROVIDERS) =>
    judgeOptions({ ...barcode, ...more }, facts({ scene: 'in_store', payerId }), {
      ...installed,
      providersWithAccount: accounts,
    });
  const excluded = { status: 'excluded' as const };
  const review = { status: 'pending_review' as const, testers: ['reviewer-1'] };

  it.each<[string, OptionConfig['providers'], string[]]>([
    ['none of its wallets is held back', {}, ['alipay', 'wechat_pay']],
    ['one is excluded', { alipay: excluded }, ['alipay', 'wechat_pay']],
    ['one is under review', { wechat_pay: review }, ['alipay', 'wechat_pay']],
    ['the app has no account at one', {}, ['alipay']],
    ['one is excluded and the app has no account at it', { wechat_pay: excluded }, ['alipay']],
  ])('stands while %s', (_why, providers, accounts) => {
    expect(shownIds(atTheTill({ providers }, 'u1', new Set(accounts)))).toEqual(['barcode']);
  });

  it.each<[string, OptionConfig['providers'], string[]]>([
    ['excluded_by_app', { alipay: excluded, wechat_pay: excluded }, ['alipay', 'wechat_pay']],
    ['excluded_by_app', { alipay: excluded, wechat_pay: review }, ['alipay', 'wechat_pay']],
    ['excluded_by_app', { alipay: excluded }, ['alipay']],
    ['pending_review', { alipay: review, wechat_pay: review }, ['alipay', 'wechat_pay']],
    ['pending_review', { wechat_pay: review }, ['wechat_pay']],
    ['account_missing', {}, ['wallet']],
  ])('is gone with its last wallet, for the first reason in order of precedence: %s', (reason, providers, accounts) => {
    expect(reasonOf(atTheTill({ providers }, 'u1', new Set(accounts)), 'barcode')).toBe(reason);
  });

  it('names in the trace each wallet that a reason keeps it from', () => {
    const { verdicts } = atTheTill({ providers: { alipay: excluded, wechat_pay: review } });
    const details = verdicts.find((it) => it.method === 'barcode')?.rules.filter(({ holds }) => holds);
    expect(details).toEqual([
      { rule: 'excluded_by_app', holds: true, detail: 'provider alipay' },
      { rule: 'pending_review', holds: true, detail: 'provider wechat_pay' },
    ]);
  });

  it('is back for the tester of a wallet under review', () => {
    const providers = { alipay: excluded, wechat_pay: review };
    expect(shownIds(atTheTill({ providers }, 'reviewer-1'))).toEqual(['barcode']);
    expect(shownIds(atTheTill({ providers }, 'u1'))).toEqual([]);
  });

  it.each([
    ['alipay_friend_pay', 'alipay'],
    ['alipay_code', 'alipay'],
  ])('built over an excluded provider alone (%s) brings it back no more than its own methods do', (id, provider) => {
    const methods = [...METHODS, method(id, [provider], { app: 'qr_code' })];
    const judged = judgeOptions(config([live(id)], { providers: { alipay: excluded } }), facts(), {
      ...installed,
      methods,
    });
    expect(reasonOf(judged, id)).toBe('excluded_by_app');
  });

  it('is judged by one wallet alone once that one is known', () => {
    const known = METHODS.map((it) => (it.id === 'barcode' ? { ...it, providers: ['alipay'] } : it));
    const options = { ...barcode, providers: { alipay: excluded } };
    const judge = (methods: readonly KnownMethod[]) =>
      reasonOf(judgeOptions(options, facts({ scene: 'in_store' }), { ...installed, methods }), 'barcode');
    expect([judge(METHODS), judge(known)]).toEqual([undefined, 'excluded_by_app']);
  });
});

const anyOption = fc.record({
  method: fc.constantFrom(...METHODS.map(({ id }) => id), 'one_code'),
  status: fc.constantFrom('live' as const, 'off' as const),
});
const anyConfig = fc
  .record({
    options: fc.uniqueArray(anyOption, { selector: ({ method: id }) => id }),
    excluded: fc.subarray([...ALL_PROVIDERS]),
  })
  .map(({ options, excluded }) =>
    config(options, { providers: Object.fromEntries(excluded.map((id) => [id, { status: 'excluded' as const }])) }),
  );
const anyScene = fc.constantFrom<Scene>(...SCENES);

describe('over any config', () => {
  it('judges every known method exactly once, and shows exactly those without a reason', () => {
    fc.assert(
      fc.property(anyConfig, anyScene, (options, scene) => {
        const judged = judgeOptions(options, facts({ scene }), installed);
        const ids = judged.verdicts.map((it) => it.method);
        expect(new Set(ids).size).toBe(ids.length);
        expect(METHODS.every(({ id }) => ids.includes(id))).toBe(true);
        expect(shownIds(judged)).toEqual(
          judged.verdicts.filter((it) => it.reason === undefined).map((it) => it.method),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('never shows a method all of whose providers are excluded', () => {
    fc.assert(
      fc.property(anyConfig, anyScene, (options, scene) => {
        const judged = judgeOptions(options, facts({ scene }), installed);
        expect(
          judged.shown.filter(({ method: { providers } }) =>
            providers.every((id) => options.providers[id]?.status === 'excluded'),
          ),
        ).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order in which methods were installed', () => {
    fc.assert(
      fc.property(
        anyConfig,
        anyScene,
        fc.shuffledSubarray(METHODS, { minLength: METHODS.length }),
        (options, scene, methods) => {
          expect(judgeOptions(options, facts({ scene }), { ...installed, methods })).toEqual(
            judgeOptions(options, facts({ scene }), installed),
          );
        },
      ),
    );
  });
});
