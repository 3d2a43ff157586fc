import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timetable } from './timetable.js';

/** Adds a moment, or takes the first (undefined). */
const steps = fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }), { maxLength: 200 });

describe('the timetable', () => {
  it('gives what is earliest, and of one moment what was entered first, however adding and taking mix', () => {
    fc.assert(
      fc.property(steps, (moments) => {
        const table = new Timetable<number>();
        let model: { at: number; job: number }[] = [];
        moments.forEach((at, job) => {
          const taken = at === undefined ? table.take() : undefined;
          const expected = at === undefined ? model.shift() : undefined;
          expect(taken && { at: taken.at, job: taken.job }).toEqual(expected);
          if (at === undefined) return;
          table.add(at, job);
          model = [...model, { at, job }].toSorted((a, b) => a.at - b.at || a.job - b.job);
          expect(table.first?.job).toBe(model[0]?.job);
        });
      }),
    );
  });
});
