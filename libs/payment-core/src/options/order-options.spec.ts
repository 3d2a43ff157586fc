import { SCENES } from '@hutong/payment-port';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Option, OrderRule } from './option-config.js';
import { inPayersOrder, type OrderFacts } from './order-options.js';

const live = (method: string, more: Partial<Option> = {}): Option => ({ method, status: 'live', ...more }) as Option;
const LIST = ['wechat_pay', 'duoduo_wallet', 'alipay', 'alipay_scan'];
const facts = (more: Partial<OrderFacts> = {}): OrderFacts => ({ amount: 1_299, scene: 'app', ...more });
const ids = (options: readonly Option[], rules: readonly OrderRule[], asked: OrderFacts) =>
  inPayersOrder(options, rules, asked).map(({ method }) => method);

describe('the order', () => {
  const options = LIST.map((method) => live(method));

  it("is the app's own without rules", () => {
    expect(ids(options, [], facts())).toEqual(LIST);
  });

  it.each<[string, OrderRule['when'], Partial<OrderFacts>, boolean]>([
    ['its scene', { scene: 'desktop_web' }, { scene: 'desktop_web' }, true],
    ['another scene', { scene: 'desktop_web' }, { scene: 'app' }, false],
    ['its amounts', { amount: { min: 50_000 } }, { amount: 50_000 }, true],
    ['a smaller amount', { amount: { min: 50_000 } }, { amount: 49_999 }, false],
    ['a larger amount', { amount: { max: 50_000 } }, { amount: 50_001 }, false],
    ['its segment', { segment: 'vip' }, { segments: ['new', 'vip'] }, true],
    ['nobody’s segment', { segment: 'vip' }, {}, false],
    ['all of several', { scene: 'app', segment: 'vip' }, { segments: ['vip'] }, true],
    ['one of several', { scene: 'app', segment: 'vip' }, { scene: 'desktop_web', segments: ['vip'] }, false],
  ])('moves favourites for %s', (_, when, asked, moves) => {
    const moved = ['alipay_scan', 'alipay', 'wechat_pay', 'duoduo_wallet'];
    expect(ids(options, [{ when, putFirst: ['alipay_scan', 'alipay'] }], facts(asked))).toEqual(moves ? moved : LIST);
  });

  it('goes by the first rule that applies', () => {
    const rules = [
      { when: { scene: 'app' as const }, putFirst: ['alipay'] },
      { when: {}, putFirst: ['duoduo_wallet'] },
    ];
    expect(ids(options, rules, facts())[0]).toBe('alipay');
    expect(ids(options, rules, facts({ scene: 'desktop_web' }))[0]).toBe('duoduo_wallet');
  });

  it('leaves a pinned option where the list has it', () => {
    const pinned = LIST.map((method) => live(method, method === 'wechat_pay' ? { pinned: true } : {}));
    const rules = [{ when: {}, putFirst: ['alipay', 'wechat_pay'] }];
    expect(ids(pinned, rules, facts())).toEqual(['wechat_pay', 'alipay', 'duoduo_wallet', 'alipay_scan']);
  });

  const anyOptions = fc
    .uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 12 })
    .chain((numbers) => fc.tuple(...numbers.map((n) => fc.boolean().map((pinned) => live(`m${n}`, { pinned })))));
  const anyRules = fc.array(
    fc.record({
      when: fc.record({ scene: fc.constantFrom(...SCENES) }, { requiredKeys: [] }),
      putFirst: fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map((n) => `m${n}`)),
    }),
  );

  it('is always the same options, each once, and no pinned one moves', () => {
    fc.assert(
      fc.property(anyOptions, anyRules, fc.constantFrom(...SCENES), (list, rules, scene) => {
        const ordered = inPayersOrder(list, rules, facts({ scene }));
        expect(new Set(ordered)).toEqual(new Set(list));
        expect(ordered).toHaveLength(list.length);
        const places = (options: readonly Option[]) => options.map((option) => (option.pinned ? option : undefined));
        expect(places(ordered)).toEqual(places(list));
        expect(inPayersOrder(list, rules, facts({ scene }))).toEqual(ordered);
      }),
      { numRuns: 1_000 },
    );
  });
});
