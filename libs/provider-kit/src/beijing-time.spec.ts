import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beijingRfc3339, beijingTime, isCalendarDay, readBeijingTime } from './beijing-time.js';

describe('Beijing time', () => {
  it('is eight hours ahead, whatever the zone of this process', () => {
    const at = new Date('2026-11-22T20:30:00.999Z');
    expect(beijingTime(at)).toBe('2026-11-23 04:30:00');
    expect(beijingRfc3339(at)).toBe('2026-11-23T04:30:00+08:00');
  });

  it('reads what it writes, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const at = new Date(seconds * 1_000);
        expect(readBeijingTime(beijingTime(at))).toEqual(at);
        expect(new Date(beijingRfc3339(at))).toEqual(at);
      }),
    );
  });

  it('reads milliseconds where a wire sends them', () => {
    expect(readBeijingTime('2026-11-23 04:30:00.123')).toEqual(new Date('2026-11-22T20:30:00.123Z'));
  });

  it.each([
    '',
    '2026-11-23',
    '2026-11-23T04:30',
    '2026-13-01 00:00:00',
    '2026-11-23 25:00:00',
    '2026-11-23 04:30:00Z',
    '2026-11-23 04:30:00x',
    'now',
  ])('takes %j for no time', (text) => expect(() => readBeijingTime(text)).toThrow(RangeError));
});

describe('a calendar day', () => {
  it.each(['2026-11-22', '2024-02-29'])('is %s', (text) => expect(isCalendarDay(text)).toBe(true));
  it.each(['', '2026-11', '2026-02-29', '2026-13-01', '2026-11-22 ', '20261122', '2026-11-22T00:00:00Z'])(
    'is not %j',
    (text) => expect(isCalendarDay(text)).toBe(false),
  );
});
