import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JITTER, MAX_RETRY_AFTER_MS, RETRY_SCHEDULE_MS, retryAfterMs, retryDelay } from './retry-schedule.js';

describe('the ladder of retries', () => {
  it('is 0, 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: ten attempts over 75.6 hours', () => {
    const hours = RETRY_SCHEDULE_MS.map((ms) => ms / 3_600_000);
    expect(hours.slice(4)).toEqual([2, 5, 10, 14, 20, 24]);
    expect(RETRY_SCHEDULE_MS.slice(0, 4)).toEqual([0, 5_000, 300_000, 1_800_000]);
    expect(hours.reduce((sum, it) => sum + it, 0)).toBeCloseTo(75.585, 3);
  });

  it('never shortens a step, lengthens it by a tenth at the most, and ends after ten attempts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.string(), fc.string(), (failed, id, seed) => {
        const step = RETRY_SCHEDULE_MS[failed]!;
        const delay = retryDelay(failed, id, seed)!;
        expect(delay).toBeGreaterThanOrEqual(step);
        expect(delay).toBeLessThanOrEqual(step * (1 + JITTER) + 1);
        expect(retryDelay(failed, id, seed)).toBe(delay);
      }),
    );
    expect(retryDelay(10, 'whd_1')).toBeUndefined();
  });

  it('spreads deliveries that failed together, and another seed spreads them otherwise', () => {
    const delays = (seed: string) => Array.from({ length: 100 }, (_, at) => retryDelay(4, `whd_${at}`, seed));
    expect(new Set(delays('a')).size).toBeGreaterThan(95);
    expect(delays('a')).not.toEqual(delays('b'));
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-03-01T08:00:00Z');

  it.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    ['0', 0],
    ['Sun, 01 Mar 2026 08:01:30 GMT', 90_000],
    ['999999999999999999999', MAX_RETRY_AFTER_MS],
    ['Fri, 01 Jan 2100 00:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('%j asks for %i ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });

  it.each([
    undefined,
    '',
    '-5',
    '1.5',
    '1e9',
    'soon',
    '2026-03-01',
    'Sun, 01 Mar 2026 07:59:59 GMT',
    'Sun, 99 Foo 2026 08:00:00 GMT',
  ])('%j asks for nothing', (header) => {
    expect(retryAfterMs(header, now)).toBeUndefined();
  });

  it('never asks for less than nothing or more than a day, whatever stands there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (header) => {
        const ms = retryAfterMs(header, now) ?? 0;
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(MAX_RETRY_AFTER_MS);
      }),
    );
  });
});
