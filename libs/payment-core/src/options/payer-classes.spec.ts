import { SCENES } from '@hutong/payment-port';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckoutFacts } from './checkout-facts.js';
import { classReader, type ClassOf } from './class-reader.js';
import { judgeOptions, type JudgedMethod, type ShownOption } from './judge-options.js';
import type { OptionConfig } from './option-config.js';
import { shownOnce, tellsOf, type ShownList } from './payer-classes.js';
import { planOf, type PlannedMethod } from './policy-plan.js';
import { RULES } from './policy-rules.js';
import { obstaclesBefore } from './provider-rules.js';
import { LOOKS_AT, type Tell } from './tells.js';
import { anyConfig, anyFacts } from './test-configs.js';

const method = (id: string, providers: readonly string[], scenes: JudgedMethod['scenes']): JudgedMethod => ({
  id,
  providers,
  scenes,
});

const METHODS = [
  method('alipay', ['alipay'], { app: 'app_sdk', mobile_web: 'mobile_page', desktop_web: 'desktop_page' }),
  method('wechat_pay', ['wechat_pay'], { app: 'app_sdk', mobile_web: 'mobile_page', mini_program: 'mini_program' }),
  method('wallet', ['wallet'], Object.fromEntries(SCENES.map((scene) => [scene, 'mobile_page']))),
  method('barcode', ['wechat_pay', 'alipay'], { in_store: 'payer_code', app: 'qr_code' }),
];
const IDS = METHODS.map(({ id }) => id);
const PROVIDERS = ['alipay', 'wechat_pay', 'wallet'];
const KINDS = Object.keys(LOOKS_AT) as Tell['by'][];

const configs = anyConfig(IDS, PROVIDERS);
const facts = anyFacts(IDS, PROVIDERS);
/** Amounts at and beside the bounds of the config, where an answer changes. */
const asked = (config: OptionConfig): fc.Arbitrary<CheckoutFacts> => {
  const limits = [...config.options, ...config.order.map(({ when }) => when)].flatMap(({ amount }) => [
    ...(amount?.min === undefined ? [] : [amount.min]),
    ...(amount?.max === undefined ? [] : [amount.max]),
  ]);
  const near = limits.flatMap((limit) => [limit - 1, limit, limit + 1]).filter((amount) => amount > 0);
  if (near.length === 0) return facts;
  return fc.tuple(facts, fc.constantFrom(...near)).map(([it, amount]) => ({ ...it, amount }));
};

/** One config, and checkouts that differ from the first only in what is told by some of these. */
const questionsOn = (kinds: readonly Tell['by'][]) =>
  configs.chain((config) => {
    const others = fc.array(fc.tuple(asked(config), fc.subarray([...kinds])), { minLength: 3, maxLength: 8 });
    return fc.tuple(asked(config), others).map(([first, others]) => ({
      config,
      all: [first, ...others.map(([other, some]) => mixed(first, other, some))],
    }));
  });
const questions = questionsOn(KINDS);

function mixed(first: CheckoutFacts, other: CheckoutFacts, kinds: readonly Tell['by'][]): CheckoutFacts {
  const from = new Set<keyof CheckoutFacts>(kinds.flatMap((kind) => LOOKS_AT[kind]));
  const kept = Object.entries(first).filter(([key]) => !from.has(key as keyof CheckoutFacts));
  const taken = Object.entries(other).filter(([key]) => from.has(key as keyof CheckoutFacts));
  return Object.fromEntries([...kept, ...taken]) as unknown as CheckoutFacts;
}

const judged = (config: OptionConfig, it: CheckoutFacts) => judgeOptions(config, it, METHODS).shown;

/** The same options and methods, not only ones that look alike, at the same places. */
function isSame(one: ShownList<JudgedMethod>, other: ShownList<JudgedMethod>): boolean {
  const samePlace = (it: ShownOption<JudgedMethod>, index: number) =>
    it.option === other[index]!.option && it.method === other[index]!.method && it.position === other[index]!.position;
  return one.length === other.length && one.every(samePlace);
}

/** Whether those of the same class have the same answer. */
function areOneInEachClass<T>(all: readonly CheckoutFacts[], classOf: ClassOf, answer: (it: CheckoutFacts) => T) {
  const answers = new Map(all.map((it) => [classOf(it), answer(it)]));
  return all.every((it) => answers.get(classOf(it)) === answer(it));
}

describe('payers whom no rule tells apart', () => {
  it('are shown, all of them, what each would be shown alone', () => {
    let shared = 0;
    fc.assert(
      fc.property(questions, ({ config, all }) => {
        const answers = all.map((it) => shownOnce(config, it, METHODS));
        expect(answers.every((answer, index) => isSame(answer, judged(config, all[index]!)))).toBe(true);
        shared += all.length - new Set(answers).size;
      }),
      { numRuns: 1_500 },
    );
    // Else every one was judged alone, and the property says nothing.
    expect(shared).toBeGreaterThan(1_500);
  }, 120_000);

  it.each(KINDS)('would not all be, were nothing told by %s', (kind) => {
    const oneAnswer = fc.property(questionsOn([kind]), ({ config, all }) => {
      const classOf = classReader(tellsOf(config, METHODS).filter(({ by }) => by !== kind));
      return areOneInEachClass(all, classOf, (it) => String(judged(config, it).map((shown) => shown.method.id)));
    });
    const { errorInstance } = fc.check(oneAnswer, { numRuns: 10_000, endOnFailure: true });
    expect(String(errorInstance)).toContain('returning false');
  });

  it('get one answer, made once', () => {
    const [config] = fc.sample(configs, { numRuns: 1, seed: 7 });
    const [it] = fc.sample(facts, { numRuns: 1, seed: 7 });
    const copy = { ...it!, accounts: [...it!.accounts] };
    expect(shownOnce(config!, copy, METHODS)).toBe(shownOnce(config!, it!, METHODS));
    expect(shownOnce({ ...config! }, it!, METHODS)).not.toBe(shownOnce(config!, it!, METHODS));
  });
});

describe.each(RULES.map((rule) => [rule.reason, rule] as const))('the rule %s', (_, rule) => {
  const cases = fc.tuple(questions, fc.nat()).map(([{ config, all }, place]) => {
    const plan = planOf(config, METHODS);
    return { config, all, planned: plan[place % plan.length]! };
  });
  const caseOf = (planned: PlannedMethod, config: OptionConfig, it: CheckoutFacts, seen = it) => {
    return { planned, config, facts: seen, obstacles: obstaclesBefore(planned.method?.providers ?? [], config, it) };
  };

  it('answers alike whom it does not tell apart', () => {
    fc.assert(
      fc.property(cases, ({ config, all, planned }) => {
        const classOf = classReader(rule.tells(planned, config));
        const holds = (it: CheckoutFacts) => rule.hinders(caseOf(planned, config, it)) !== undefined;
        expect(areOneInEachClass(all, classOf, holds)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('looks at nothing that it does not tell', () => {
    fc.assert(
      fc.property(cases, ({ config, all: [it], planned }) => {
        const looked = new Set<string | symbol>();
        const watched = new Proxy(it!, {
          get: (target, key) => (looked.add(key), Reflect.get(target, key) as unknown),
        });
        rule.hinders(caseOf(planned, config, it!, watched));
        const told = new Set<string | symbol>(rule.tells(planned, config).flatMap(({ by }) => LOOKS_AT[by]));
        expect([...looked].filter((key) => !told.has(key))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
