import fc from 'fast-check';
import { LINK_DECISIONS, LINK_KINDS, LINK_PAGES, type LinkPhase, type LinkPolicy } from './link-policy.js';

/** Any link policy that a seed file could say, for properties over all of them. */

const decision = fc.constantFrom(...LINK_DECISIONS);
const byKind = fc.oneof(
  decision.map((both) => ({ shop: both, other: both })),
  fc.record({ shop: decision, other: decision }),
);
const second = fc.integer({ min: Date.UTC(2020, 0, 1) / 1_000, max: Date.UTC(2035, 0, 1) / 1_000 });

/** The same moments in two spellings. */
const spelled = fc.tuple(second, fc.boolean()).map(([at, inShanghai]) => {
  const offset = inShanghai ? 8 * 3_600 : 0;
  return new Date((at + offset) * 1_000).toISOString().replace('.000Z', inShanghai ? '+08:00' : 'Z');
});

const phases: fc.Arbitrary<readonly LinkPhase[]> = fc
  .uniqueArray(fc.record({ from: spelled, private: byKind, group: byKind, timeline: byKind }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ from }) => Date.parse(from),
  })
  .map((all) => all.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from)));

const kinds = fc.dictionary(fc.constantFrom(...LINK_PAGES), fc.constantFrom(...LINK_KINDS), {
  minKeys: 1,
  noNullPrototype: true,
});

export const anyLinkPolicy: fc.Arbitrary<LinkPolicy> = fc.record({ kinds, phases }, { requiredKeys: ['phases'] });
