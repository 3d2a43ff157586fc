import { SCENES } from '@hutong/payment-port';
import fc from 'fast-check';
import { anyLinkPolicy } from '../links/test-link-policies.js';
import { WEEKDAYS, type Calendar, type Window } from './calendar.js';
import type { CheckoutFacts } from './checkout-facts.js';
import type { AppConfig, Option, OptionConfig, OrderRule, ProviderRule } from './option-config.js';

/** Any configuration that a seed file could say, for properties over all of them. */

const words = fc.constantFrom('vip', 'new', 'staff', 'student');
const people = fc.uniqueArray(fc.constantFrom('u1', 'u2', 'reviewer-1', 'reviewer-2', '买家'), { maxLength: 3 });
const localText = fc.record({ 'zh-CN': fc.constantFrom('微信支付', '推荐'), en: fc.constantFrom('WeChat Pay', 'New') });
const moments = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((ms) => new Date(ms - (ms % 1_000)).toISOString().replace('.000Z', 'Z'));

/** Without the members that came out undefined: absent is absent. */
function sparse<T extends object>(record: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return record.map((it) => Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as T);
}

const range = fc
  .tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }))
  .map(([min, more]) => ({ min, max: min + more }));

const staged = fc
  .record({
    steps: fc.uniqueArray(moments, { minLength: 1, maxLength: 4 }),
    percents: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 }),
    allow: people,
  })
  .map(({ steps, percents, allow }) => {
    const growing = percents.toSorted((a, b) => a - b);
    return {
      status: 'staged' as const,
      steps: steps.toSorted().map((at, index) => ({ at, percent: growing[index]! })),
      allow,
    };
  });

const guarded = fc.tuple(staged, fc.integer({ min: 1, max: 100 })).map(([option, failedPercent]) => ({
  ...option,
  guardrail: { failedPercent, minAttempts: 20 },
}));

const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ status: 'live' as const }) },
  fc.constant({ status: 'off' as const }),
  people.map((testers) => ({ status: 'pending_review' as const, testers })),
  staged,
  guarded,
);

const hour = fc.integer({ min: 0, max: 23 }).map((it) => `${String(it).padStart(2, '0')}:30`);
const windows: fc.Arbitrary<Window> = fc.oneof(
  moments.map((since) => ({ since })),
  fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }).map((days) => ({ days })),
  fc
    .tuple(hour, hour)
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({ from, to })),
);
const calendar: fc.Arbitrary<Calendar> = fc.record(
  {
    timeZone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin'),
    open: fc.array(windows, { maxLength: 2 }),
    closed: fc.array(windows, { maxLength: 1 }),
  },
  { requiredKeys: ['timeZone'] },
);

const limits = sparse(
  fc.record(
    {
      scenes: fc.subarray([...SCENES], { minLength: 1 }),
      amount: range,
      currencies: fc.constant(['CNY']),
      segments: fc.oneof(
        fc.uniqueArray(words).map((only) => ({ only })),
        fc.uniqueArray(words).map((except) => ({ except })),
      ),
      minClient: fc.constantFrom({ app: '8.2.0' }, { app: '1', mini_program: '3.10' }),
      calendar,
      title: localText,
      help: localText,
      badge: localText,
      preselect: fc.boolean(),
      fold: fc.boolean(),
      pinned: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);

export function anyOption(method: string): fc.Arbitrary<Option> {
  return fc.tuple(status, limits).map(([it, more]) => ({ method, ...more, ...it }));
}

export function anyOptions(methods: readonly string[]): fc.Arbitrary<readonly Option[]> {
  return fc.shuffledSubarray([...methods]).chain((chosen) => fc.tuple(...chosen.map((method) => anyOption(method))));
}

export function anyOrder(methods: readonly string[]): fc.Arbitrary<readonly OrderRule[]> {
  const when = sparse(
    fc.record({ scene: fc.constantFrom(...SCENES), amount: range, segment: words }, { requiredKeys: [] }),
  );
  return fc.array(fc.record({ when, putFirst: fc.shuffledSubarray([...methods]) }), { maxLength: 3 });
}

export function anyProviderRules(providers: readonly string[]): fc.Arbitrary<Readonly<Record<string, ProviderRule>>> {
  const rule: fc.Arbitrary<ProviderRule> = fc.oneof(
    fc.constant({ status: 'excluded' as const }),
    people.map((testers) => ({ status: 'pending_review' as const, testers })),
  );
  return fc
    .subarray([...providers])
    .chain((chosen) => fc.tuple(...chosen.map((id) => rule.map((it) => [id, it] as const))))
    .map((entries) => Object.fromEntries(entries));
}

/** One version over these methods and providers. */
export function anyConfig(methods: readonly string[], providers: readonly string[]): fc.Arbitrary<OptionConfig> {
  return fc
    .record({
      options: anyOptions(methods),
      providers: anyProviderRules(providers),
      links: fc.option(anyLinkPolicy, { nil: undefined }),
    })
    .chain(({ options, providers: rules, links }) =>
      anyOrder(options.map(({ method }) => method)).map((order) => ({
        app: 'taote',
        version: 1,
        createdAt: new Date(0),
        options,
        providers: rules,
        order,
        ...(links && { links }),
      })),
    );
}

export const TAOTE: AppConfig = {
  id: 'taote',
  name: { 'zh-CN': '淘特', en: 'Taote' },
  branding: { color: '#ff5000', mark: '特' },
  returnOrigins: ['https://shop.example'],
};

/** Any checkout, in any state of the world around it. */
export function anyFacts(methods: readonly string[], providers: readonly string[]): fc.Arbitrary<CheckoutFacts> {
  const some = fc.subarray([...methods]);
  return sparse(
    fc.record(
      {
        amount: fc.integer({ min: 1, max: 200_000 }),
        currency: fc.constantFrom('CNY', 'USD'),
        scene: fc.constantFrom(...SCENES),
        payerId: fc.constantFrom('u1', 'u2', 'reviewer-1', '买家'),
        segments: fc.uniqueArray(words),
        clientVersion: fc.constantFrom('8.1.9', '8.2.0', '10'),
        now: moments.map((moment) => new Date(moment)),
        accounts: fc.subarray([...providers]),
        unavailable: fc.subarray([...providers]),
        holds: some.map((ids) => Object.fromEntries(ids.map((id) => [id, '2026-06-01T00:00:00Z']))),
        unfit: some.map((ids) => Object.fromEntries(ids.map((id) => [id, 'inside WeChat']))),
      },
      { requiredKeys: ['amount', 'currency', 'scene', 'now', 'accounts'] },
    ),
  );
}
