import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasReached, isClientVersion } from './client-version.js';

describe('a client version', () => {
  it.each([
    ['8.2.0', '8.2.0', true],
    ['8.10', '8.9', true],
    ['8.9', '8.10', false],
    ['8', '8.0.0', true],
    ['8.2.0-beta.1', '8.2.0', true],
    ['10.0.0.1', '10.0.0.2', false],
    [undefined, '1', false],
    ['newest', '1', false],
    ['1.2.3.4.5', '1', false],
  ])('%s against a minimum of %s: %s', (version, least, reached) => {
    expect(hasReached(version, least)).toBe(reached);
  });

  const anyVersion = fc
    .array(fc.integer({ min: 0, max: 999_999_999 }), { minLength: 1, maxLength: 4 })
    .map((numbers) => numbers.join('.'));

  it('is ordered totally', () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (a, b, c) => {
        expect(isClientVersion(a)).toBe(true);
        expect(hasReached(a, a)).toBe(true);
        expect(hasReached(a, b) || hasReached(b, a)).toBe(true);
        expect(!hasReached(a, b) || !hasReached(b, c) || hasReached(a, c)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
