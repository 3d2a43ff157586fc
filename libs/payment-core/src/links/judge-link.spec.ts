import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LINK_POLICY } from './default-link-policy.js';
import { judgeLink } from './judge-link.js';
import { kindOf, LINK_DECISIONS, LINK_ENTRIES, LINK_KINDS, type LinkPolicy } from './link-policy.js';
import { anyLinkPolicy } from './test-link-policies.js';

const tapped = (policy: LinkPolicy, at: string, entry: (typeof LINK_ENTRIES)[number], kind: 'shop' | 'other') =>
  judgeLink(policy, { now: new Date(at), chatApp: 'wechat', entry, kind });

describe('the default link policy is the story', () => {
  it.each([
    ['2021-09-01T12:00:00+08:00', 'private', 'shop', 'copy_address'],
    ['2021-09-01T12:00:00+08:00', 'private', 'other', 'copy_address'],
    ['2021-09-01T12:00:00+08:00', 'group', 'shop', 'copy_address'],
    ['2021-09-01T12:00:00+08:00', 'group', 'other', 'copy_address'],
    ['2021-09-01T12:00:00+08:00', 'timeline', 'shop', 'copy_address'],
    ['2021-09-01T12:00:00+08:00', 'timeline', 'other', 'copy_address'],
    ['2021-09-20T12:00:00+08:00', 'private', 'shop', 'copy_address'],
    ['2021-09-20T12:00:00+08:00', 'private', 'other', 'confirm'],
    ['2021-09-20T12:00:00+08:00', 'group', 'shop', 'copy_address'],
    ['2021-09-20T12:00:00+08:00', 'group', 'other', 'copy_address'],
    ['2021-09-20T12:00:00+08:00', 'timeline', 'shop', 'copy_address'],
    ['2021-09-20T12:00:00+08:00', 'timeline', 'other', 'copy_address'],
    ['2021-11-29T22:00:00+08:00', 'private', 'shop', 'open'],
    ['2021-11-29T22:00:00+08:00', 'private', 'other', 'open'],
    ['2021-11-29T22:00:00+08:00', 'group', 'shop', 'copy_address'],
    ['2021-11-29T22:00:00+08:00', 'group', 'other', 'copy_address'],
    ['2021-11-29T22:00:00+08:00', 'timeline', 'shop', 'copy_address'],
    ['2021-11-29T22:00:00+08:00', 'timeline', 'other', 'copy_address'],
    ['2021-12-01T12:00:00+08:00', 'private', 'shop', 'open'],
    ['2021-12-01T12:00:00+08:00', 'private', 'other', 'open'],
    ['2021-12-01T12:00:00+08:00', 'group', 'shop', 'open'],
    ['2021-12-01T12:00:00+08:00', 'group', 'other', 'open'],
    ['2021-12-01T12:00:00+08:00', 'timeline', 'shop', 'copy_address'],
    ['2021-12-01T12:00:00+08:00', 'timeline', 'other', 'copy_address'],
  ] as const)('%s, %s chat, %s link: %s', (at, entry, kind, decision) => {
    expect(tapped(DEFAULT_LINK_POLICY, at, entry, kind).decision).toBe(decision);
  });

  it.each([
    ['2021-09-16T23:59:59+08:00', 'private', 'other', 'copy_address', undefined],
    ['2021-09-17T00:00:00+08:00', 'private', 'other', 'confirm', '2021-09-17T00:00:00+08:00'],
    ['2021-11-29T19:59:59+08:00', 'private', 'shop', 'copy_address', '2021-09-17T00:00:00+08:00'],
    ['2021-11-29T20:00:00+08:00', 'private', 'shop', 'open', '2021-11-29T20:00:00+08:00'],
    ['2021-11-29T23:59:59+08:00', 'group', 'shop', 'copy_address', '2021-11-29T20:00:00+08:00'],
    ['2021-11-30T00:00:00+08:00', 'group', 'shop', 'open', '2021-11-30T00:00:00+08:00'],
  ] as const)('turns on the second: %s, %s chat, %s link: %s', (at, entry, kind, decision, from) => {
    const verdict = tapped(DEFAULT_LINK_POLICY, at, entry, kind);
    expect(verdict.decision).toBe(decision);
    expect(verdict.because === 'phase' ? verdict.phase.from : undefined).toBe(from);
  });

  it('takes the cashier for a shop link, and the friend request and the one code for others', () => {
    const kinds = (['cashier', 'friend', 'code'] as const).map((page) => kindOf(DEFAULT_LINK_POLICY, page));
    expect(kinds).toEqual(['shop', 'other', 'other']);
  });
});

describe('judgeLink', () => {
  const closed = { shop: 'copy_address', other: 'copy_address' } as const;
  const choosing: LinkPolicy = {
    phases: [
      { from: '2021-11-30T00:00:00+08:00', private: closed, group: closed, timeline: closed },
      {
        from: '2022-03-01T00:00:00+08:00',
        private: { shop: 'user_choice', other: 'open' },
        group: { shop: 'user_choice', other: 'user_choice' },
        timeline: closed,
      },
    ],
  };

  it('lets the user choose from the date on that an app gives it, and not before', () => {
    expect(tapped(choosing, '2022-02-28T23:59:59+08:00', 'group', 'shop').decision).toBe('copy_address');
    expect(tapped(choosing, '2022-03-01T00:00:00+08:00', 'group', 'shop').decision).toBe('user_choice');
    expect(tapped(choosing, '2022-03-01T00:00:00+08:00', 'private', 'other').decision).toBe('open');
  });

  it('keeps links closed before the first phase', () => {
    const verdict = tapped(choosing, '2021-11-29T23:59:59+08:00', 'private', 'other');
    expect(verdict).toEqual({ decision: 'copy_address', because: 'before_first_phase' });
  });

  const policies = anyLinkPolicy;
  const facts = fc.record({
    now: fc.date({ min: new Date('2019-01-01'), max: new Date('2036-01-01'), noInvalidDate: true }),
    entry: fc.constantFrom(...LINK_ENTRIES),
    kind: fc.constantFrom(...LINK_KINDS),
  });

  it('stands in nobody’s way outside chat apps, or who scanned or typed, whatever the policy', () => {
    fc.assert(
      fc.property(policies, facts, (policy, { now, entry, kind }) => {
        const outside = judgeLink(policy, { now, chatApp: undefined, entry, kind });
        expect(outside).toEqual({ decision: 'open', because: 'outside_chat_apps' });
        const direct = judgeLink(policy, { now, chatApp: 'wechat', entry: 'direct', kind });
        expect(direct).toEqual({ decision: 'open', because: 'direct_entry' });
      }),
    );
  });

  it('gives one decision for every tap, by the phase that began last, in whichever order the phases stand', () => {
    const shuffled = policies.chain((policy) =>
      fc
        .shuffledSubarray([...policy.phases], { minLength: policy.phases.length })
        .map((phases) => ({ policy, other: { ...policy, phases } })),
    );
    fc.assert(
      fc.property(shuffled, facts, ({ policy, other }, fact) => {
        const verdict = judgeLink(policy, { ...fact, chatApp: 'wechat' });
        expect(LINK_DECISIONS).toContain(verdict.decision);
        expect(judgeLink(other, { ...fact, chatApp: 'wechat' })).toEqual(verdict);
        const begun = policy.phases.filter(({ from }) => new Date(from) <= fact.now);
        const expected = begun.at(-1)?.[fact.entry][fact.kind] ?? 'copy_address';
        expect(verdict.decision).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});
