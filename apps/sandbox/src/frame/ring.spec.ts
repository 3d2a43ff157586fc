import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from './ring.js';

describe('a ring', () => {
  it('holds the newest items, in order, within its count and its bytes', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(weights, (items) => {
        const ring = new Ring<number>({ items: 5, bytes: 60, weigh: (item) => item });
        let model: number[] = [];
        for (const item of items) {
          ring.add(item);
          model = [...model, item].slice(-5);
          while (model.reduce((sum, one) => sum + one, 0) > 60) model = model.slice(1);
          expect(ring.all()).toEqual(model);
        }
      }),
    );
  });

  it('holds the newest item alone when that outweighs everything', () => {
    const ring = new Ring<string>({ items: 5, bytes: 3, weigh: (item) => item.length });
    for (const item of ['a', 'b', 'too long']) ring.add(item);
    expect(ring.all()).toEqual(['too long']);
  });
});
