import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceOf } from './faults/support/slice.js';

const scenarios = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom('kill', 'calls', 'refunds'), fc.nat(99))
    .map(([family, at]) => ({ name: `${family}/${at}` })),
  { minLength: 1, selector: ({ name }) => name },
);
const family = ({ name }: { readonly name: string }) => name.split('/')[0];

describe('a slice of the faults', () => {
  it('has some of each family, and seeds that follow each other have everything between them', () => {
    fc.assert(
      fc.property(scenarios, fc.integer({ min: 1, max: 12 }), fc.nat(), (all, n, seed) => {
        const slices = Array.from({ length: n }, (_, next) => sliceOf(all, n, seed + next));
        for (const slice of slices) expect(new Set(slice.map(family))).toEqual(new Set(all.map(family)));
        expect(new Set(slices.flat())).toEqual(new Set(all));
      }),
    );
  });

  it('is an nth of a family, and no more', () => {
    const all = Array.from({ length: 90 }, (_, at) => ({ name: `kill/${at}` }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(), (n, seed) => {
        expect(Math.abs(sliceOf(all, n, seed).length - 90 / n)).toBeLessThan(1);
      }),
    );
  });

  it('is everything when it is cut in one piece', () => {
    fc.assert(
      fc.property(scenarios, fc.nat(), (all, seed) => {
        const slice = sliceOf(all, 1, seed);
        expect(slice).toHaveLength(all.length);
        expect(new Set(slice)).toEqual(new Set(all));
      }),
    );
  });
});
