import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBreached } from './guardrail.js';

const guardrail = { failedPercent: 20, minAttempts: 50 };

describe('a guardrail', () => {
  it.each([
    [{ paid: 40, failed: 10 }, false], // exactly the share is allowed
    [{ paid: 39, failed: 11 }, true],
    [{ paid: 0, failed: 49 }, false], // too few to say
    [{ paid: 0, failed: 50 }, true],
    [{ paid: 0, failed: 0 }, false],
  ])('with %o is breached: %s', (tally, breached) => {
    expect(isBreached(guardrail, tally)).toBe(breached);
  });

  it('is not mended by one more failure', () => {
    const count = fc.integer({ min: 0, max: 1_000_000 });
    const anyRail = fc.record({
      failedPercent: fc.integer({ min: 1, max: 100 }),
      minAttempts: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(anyRail, count, count, (rail, paid, failed) => {
        fc.pre(isBreached(rail, { paid, failed }));
        expect(isBreached(rail, { paid, failed: failed + 1 })).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
