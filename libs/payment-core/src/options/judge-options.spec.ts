import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckoutFacts } from './checkout-facts.js';
import { judgeOptions, type JudgedMethod } from './judge-options.js';
import type { Option, OptionConfig } from './option-config.js';
import { REASONS } from './reasons.js';
import { anyConfig, anyFacts } from './test-configs.js';

const method = (id: string, providers: readonly string[], scenes: JudgedMethod['scenes']): JudgedMethod => ({
  id,
  providers,
  scenes,
});

const METHODS = [
  method('alipay', ['alipay'], { app: 'app_sdk', mobile_web: 'mobile_page', desktop_web: 'desktop_page' }),
  method('alipay_scan', ['alipay'], { desktop_web: 'qr_code' }),
  method('wechat_pay', ['wechat_pay'], { app: 'app_sdk', mobile_web: 'mobile_page' }),
  method('wechat_scan', ['wechat_pay'], { app: 'qr_code', desktop_web: 'qr_code' }),
  method('duoduo_wallet', ['wallet'], { app: 'mobile_page' }),
  method('barcode', ['wechat_pay', 'alipay'], { in_store: 'payer_code' }),
];
const IDS = METHODS.map(({ id }) => id);
const PROVIDERS = ['alipay', 'wechat_pay', 'wallet'];

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
  accounts: PROVIDERS,
  ...more,
});

const judge = (options: OptionConfig, asked: CheckoutFacts) => judgeOptions(options, asked, METHODS);
const shownIds = (options: OptionConfig, asked: CheckoutFacts) => judge(options, asked).shown.map((it) => it.method.id);
const reasonOf = (options: OptionConfig, asked: CheckoutFacts, id: string) =>
  judge(options, asked).verdicts.find((it) => it.method === id)?.reason;
const live = (id: string, more: Partial<Option> = {}): Option => ({ method: id, status: 'live', ...more }) as Option;
const staged = (percent: number, allow: readonly string[] = []) =>
  config([{ method: 'alipay', status: 'staged', allow, steps: [{ at: '2026-01-01T00:00:00Z', percent }] }]);

describe('the order that a payer sees', () => {
  it("is the app's own list", () => {
    const { shown } = judge(config([live('wechat_pay'), live('duoduo_wallet'), live('alipay')]), facts());
    expect(shown.map((it) => it.method.id)).toEqual(['wechat_pay', 'duoduo_wallet', 'alipay']);
    expect(shown.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('may differ by scene, the rest keeping theirs', () => {
    const order = [{ when: { scene: 'desktop_web' as const }, putFirst: ['wechat_scan'] }];
    const options = config([live('alipay'), live('alipay_scan'), live('wechat_scan')], { order });
    expect(shownIds(options, facts({ scene: 'desktop_web' }))).toEqual(['wechat_scan', 'alipay', 'alipay_scan']);
    expect(shownIds(options, facts())).toEqual(['alipay', 'wechat_scan']);
  });
});

const minClient = { app: '8.2.0' };
const shopHours = { timeZone: 'Asia/Shanghai', open: [{ from: '09:00', to: '22:00' }] };

describe('why a method is not shown', () => {
  it.each<[string, OptionConfig, CheckoutFacts]>([
    ['excluded_by_app', config([live('alipay')], { providers: { alipay: { status: 'excluded' } } }), facts()],
    ['switched_off', config([{ method: 'alipay', status: 'off' }]), facts()],
    ['not_configured', config([live('wechat_pay')]), facts()],
    ['pending_review', config([{ method: 'alipay', status: 'pending_review', testers: ['t1'] }]), facts()],
    ['not_in_rollout', staged(0), facts({ payerId: 'u1' })],
    ['scene_unsupported', config([live('alipay')]), facts({ scene: 'wechat_web' })],
    ['scene_unsupported', config([live('alipay', { scenes: ['mobile_web'] })]), facts()],
    ['currency_unsupported', config([live('alipay')]), facts({ currency: 'USD' })],
    ['amount_below_min', config([live('alipay', { amount: { min: 2_000 } })]), facts()],
    ['amount_above_max', config([live('alipay', { amount: { max: 1_000 } })]), facts()],
    ['segment_excluded', config([live('alipay', { segments: { only: ['vip'] } })]), facts({ segments: ['new'] })],
    ['segment_excluded', config([live('alipay', { segments: { except: ['new'] } })]), facts({ segments: ['new'] })],
    ['client_too_old', config([live('alipay', { minClient })]), facts({ clientVersion: '8.1.9' })],
    ['client_too_old', config([live('alipay', { minClient })]), facts()],
    ['outside_calendar', config([live('alipay', { calendar: shopHours })]), facts()],
    ['environment_unfit', config([live('alipay')]), facts({ unfit: { alipay: 'inside WeChat' } })],
    ['account_missing', config([live('alipay')]), facts({ accounts: ['wechat_pay'] })],
    ['provider_unavailable', config([live('alipay')]), facts({ unavailable: ['alipay'] })],
  ])('is %s', (reason, options, asked) => {
    expect(reasonOf(options, asked, 'alipay')).toBe(reason);
    expect(shownIds(options, asked)).not.toContain('alipay');
  });

  it.each<[string, Partial<Option>, Partial<CheckoutFacts>]>([
    ['its segment', { segments: { only: ['vip'], except: ['staff'] } }, { segments: ['new', 'vip'] }],
    ['a client that is new enough', { minClient }, { clientVersion: '8.10.0' }],
    ['a scene without a least client', { minClient }, { scene: 'desktop_web' }],
    ['an open hour', { calendar: shopHours }, { now: new Date('2026-11-23T09:00:00+08:00') }],
  ])('is none for %s', (_, option, asked) => {
    expect(shownIds(config([live('alipay', option)]), facts(asked))).toEqual(['alipay']);
  });

  it('is switched_off for a method that this application does not have, whatever its status', () => {
    expect(reasonOf(config([live('wechat_friend_pay')]), facts(), 'wechat_friend_pay')).toBe('switched_off');
  });

  it('is the first in order of precedence when all hold', () => {
    const option = { amount: { min: 2_000 }, segments: { only: ['vip'] }, minClient, calendar: shopHours };
    const everything = facts({
      currency: 'USD',
      scene: 'wechat_web',
      unfit: { alipay: 'x' },
      accounts: [],
      unavailable: PROVIDERS,
    });
    const rules = { alipay: { status: 'excluded' as const } };
    const { verdicts } = judgeOptions(config([live('alipay', option)], { providers: rules }), everything, METHODS, {
      trace: true,
    });
    const alipay = verdicts.find((it) => it.method === 'alipay');
    expect(alipay?.reason).toBe('excluded_by_app');
    expect(alipay?.rules?.map(({ rule }) => rule)).toEqual(REASONS);
    expect(alipay?.rules?.filter(({ holds }) => holds).map(({ rule }) => rule)).toEqual([
      'excluded_by_app',
      'scene_unsupported',
      'currency_unsupported',
      'amount_below_min',
      'segment_excluded',
      'outside_calendar',
      'environment_unfit',
      'account_missing',
      'provider_unavailable',
    ]);
  });
});

describe('an option over several wallets', () => {
  const excluded = { status: 'excluded' as const };
  const review = { status: 'pending_review' as const, testers: ['reviewer-1'] };
  const atTheTill = (more: Partial<CheckoutFacts> = {}) => facts({ scene: 'in_store', payerId: 'u1', ...more });
  const barcode = (providers: OptionConfig['providers'] = {}) => config([live('barcode')], { providers });

  it.each<[string, OptionConfig['providers'], Partial<CheckoutFacts>]>([
    ['none of its wallets is held back', {}, {}],
    ['one is excluded', { alipay: excluded }, {}],
    ['one is under review', { wechat_pay: review }, {}],
    ['the app has no account at one', {}, { accounts: ['alipay'] }],
    ['one does not answer', {}, { unavailable: ['alipay'] }],
    ['one is excluded and the app has no account at it', { wechat_pay: excluded }, { accounts: ['alipay'] }],
  ])('stands while %s', (_why, providers, asked) => {
    expect(shownIds(barcode(providers), atTheTill(asked))).toEqual(['barcode']);
  });

  it.each<[string, OptionConfig['providers'], Partial<CheckoutFacts>]>([
    ['excluded_by_app', { alipay: excluded, wechat_pay: excluded }, {}],
    ['excluded_by_app', { alipay: excluded, wechat_pay: review }, {}],
    ['excluded_by_app', { alipay: excluded }, { accounts: ['alipay'] }],
    ['excluded_by_app', { alipay: excluded }, { unavailable: ['wechat_pay'] }],
    ['pending_review', { alipay: review, wechat_pay: review }, {}],
    ['pending_review', { wechat_pay: review }, { accounts: ['wechat_pay'] }],
    ['account_missing', {}, { accounts: ['wallet'] }],
    ['provider_unavailable', {}, { unavailable: ['alipay', 'wechat_pay'] }],
  ])('is gone with its last wallet, for the first reason in order of precedence: %s', (reason, providers, asked) => {
    expect(reasonOf(barcode(providers), atTheTill(asked), 'barcode')).toBe(reason);
  });

  it('names in the trace each wallet that a reason keeps it from', () => {
    const providers = { alipay: excluded, wechat_pay: review };
    const { verdicts } = judgeOptions(barcode(providers), atTheTill(), METHODS, { trace: true });
    const rules = verdicts.find((it) => it.method === 'barcode')?.rules?.filter(({ holds }) => holds);
    expect(rules).toEqual([
      { rule: 'excluded_by_app', holds: true, detail: 'provider alipay' },
      { rule: 'pending_review', holds: true, detail: 'provider wechat_pay' },
    ]);
  });

  it('is back for the tester of a wallet under review', () => {
    const options = barcode({ alipay: excluded, wechat_pay: review });
    expect(shownIds(options, atTheTill({ payerId: 'reviewer-1' }))).toEqual(['barcode']);
    expect(shownIds(options, atTheTill())).toEqual([]);
  });

  it('built over an excluded provider alone brings it back no more than its own methods do', () => {
    const methods = [...METHODS, method('alipay_friend_pay', ['alipay'], { app: 'qr_code' })];
    const options = config([live('alipay_friend_pay')], { providers: { alipay: excluded } });
    const { verdicts } = judgeOptions(options, facts(), methods);
    expect(verdicts.find((it) => it.method === 'alipay_friend_pay')?.reason).toBe('excluded_by_app');
  });

  it('is judged by one wallet alone once that one is known', () => {
    const known = METHODS.map((it) => (it.id === 'barcode' ? { ...it, providers: ['alipay'] } : it));
    const reason = (methods: readonly JudgedMethod[]) =>
      judgeOptions(barcode({ alipay: excluded }), atTheTill(), methods).verdicts.find((it) => it.method === 'barcode')
        ?.reason;
    expect([reason(METHODS), reason(known)]).toEqual([undefined, 'excluded_by_app']);
  });
});

describe('testers and rollouts', () => {
  it('shows what is under review to its testers only', () => {
    const providers = { wechat_pay: { status: 'pending_review' as const, testers: ['reviewer-1'] } };
    const options = config([live('alipay'), live('wechat_pay')], { providers });
    expect(shownIds(options, facts({ payerId: 'reviewer-1' }))).toEqual(['alipay', 'wechat_pay']);
    expect(shownIds(options, facts({ payerId: 'u1' }))).toEqual(['alipay']);
  });

  const percents = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
  const ascending = percents.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

  it('never takes an option away when the percentage grows', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), ascending, (payerId, [less, more]) => {
        const before = shownIds(staged(less), facts({ payerId }));
        expect(shownIds(staged(more), facts({ payerId }))).toEqual(expect.arrayContaining(before));
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows nobody an option at 0 % and everybody at 100 %', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (payerId) => {
        expect(shownIds(staged(0, ['vip']), facts({ payerId }))).toEqual([]);
        expect(shownIds(staged(100, ['vip']), facts({ payerId }))).toEqual(['alipay']);
      }),
      { numRuns: 1_000 },
    );
    expect(shownIds(staged(0, ['vip']), facts({ payerId: 'vip' }))).toEqual(['alipay']);
  });

  it('keeps whoever is in, and lets nobody follow, while a rollout is held', () => {
    const steps = [
      { at: '2026-01-01T00:00:00Z', percent: 10 },
      { at: '2026-02-01T00:00:00Z', percent: 100 },
    ];
    const options = config([{ method: 'alipay', status: 'staged', allow: [], steps }]);
    const held = { holds: { alipay: '2026-01-15T00:00:00.000Z' } };
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (payerId) => {
        const before = shownIds(options, facts({ payerId, now: new Date('2026-01-15T00:00:00Z') }));
        expect(shownIds(options, facts({ payerId, ...held }))).toEqual(before);
        expect(shownIds(options, facts({ payerId }))).toEqual(['alipay']);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('over any config and any facts', () => {
  const anything = fc.tuple(anyConfig(IDS, PROVIDERS), anyFacts(IDS, PROVIDERS));
  const runs = { numRuns: 1_000 };

  it('judges every known method exactly once, and shows exactly those without a reason', () => {
    fc.assert(
      fc.property(anything, ([options, asked]) => {
        const { shown, verdicts } = judge(options, asked);
        const ids = verdicts.map((it) => it.method);
        expect(ids.toSorted()).toEqual([...new Set([...IDS, ...options.options.map((it) => it.method)])].toSorted());
        const allowed = verdicts.filter((it) => it.reason === undefined).map((it) => it.method);
        expect(shown.map((it) => it.method.id).toSorted()).toEqual(allowed.toSorted());
        expect(shown.map((it) => it.position)).toEqual(shown.map((_, index) => index + 1));
      }),
      runs,
    );
  });

  it('never shows a method whose providers are all excluded, whoever asks', () => {
    fc.assert(
      fc.property(anything, ([options, asked]) => {
        for (const { method: shown } of judge(options, asked).shown) {
          expect(shown.providers.some((id) => options.providers[id]?.status !== 'excluded')).toBe(true);
        }
      }),
      runs,
    );
  });

  it('does not depend on the order in which methods were installed, nor on that of the rules on providers', () => {
    const shuffled = fc.shuffledSubarray(METHODS, { minLength: METHODS.length });
    fc.assert(
      fc.property(anything, shuffled, ([options, asked], methods) => {
        const reversed = { ...options, providers: Object.fromEntries(Object.entries(options.providers).toReversed()) };
        expect(judgeOptions(reversed, asked, methods)).toEqual(judge(options, asked));
      }),
      runs,
    );
  });

  it('says the same with every rule traced as with the first one alone', () => {
    fc.assert(
      fc.property(anything, ([options, asked]) => {
        const traced = judgeOptions(options, asked, METHODS, { trace: true });
        const { shown, verdicts } = judge(options, asked);
        expect(traced.shown).toEqual(shown);
        expect(traced.verdicts.map(({ rules: _, ...verdict }) => verdict)).toEqual(verdicts);
        for (const { reason, rules } of traced.verdicts) expect(rules?.find(({ holds }) => holds)?.rule).toBe(reason);
      }),
      runs,
    );
  });

  it('answers the same facts the same when they come back from JSON', () => {
    fc.assert(
      fc.property(anything, ([options, asked]) => {
        const kept = JSON.parse(JSON.stringify(asked)) as CheckoutFacts;
        expect(judge(options, { ...kept, now: new Date(kept.now) })).toEqual(judge(options, asked));
      }),
      runs,
    );
  });
});
