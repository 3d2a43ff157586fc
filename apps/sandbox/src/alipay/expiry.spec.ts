import { describe, expect, it } from 'vitest';
import { formatBeijing, parseBeijing } from './beijing-time.js';
import { BizContent } from './biz-content.js';
import { expiresAt, readExpiry } from './expiry.js';

const now = parseBeijing('2026-03-01 23:30:00') ?? 0;
const read = (biz: object, shortestMs = 60_000, strict = false) =>
  readExpiry(BizContent.parse(JSON.stringify(biz)), { now, defaultMs: 3 * 3_600_000, shortestMs, strict });

describe('when an order ends', () => {
  it.each([
    [{}, '2026-03-02 02:30:00'],
    [{ timeout_express: '90m' }, '2026-03-02 01:00:00'],
    [{ timeout_express: '1c' }, '2026-03-02 00:00:00'],
    [{ timeout_express: '1d', time_expire: '2026-03-01 23:40:00' }, '2026-03-01 23:40:00'],
  ])('%j → %s', (biz, end) => {
    expect(formatBeijing(expiresAt(read(biz), now))).toBe(end);
  });

  it('counts less than five minutes as five in the app and on wap', () => {
    expect(read({ timeout_express: '2m' }, 300_000)).toEqual({ kind: 'after', ms: 300_000 });
  });

  it.each([
    [{ timeout_express: '1.5h' }, 'ACQ.INVALID_PARAMETER'],
    [{ timeout_express: '16d' }, 'ACQ.INVALID_PARAMETER'],
    [{ timeout_express: '0m' }, 'ACQ.INVALID_PARAMETER'],
    [{ time_expire: '2026-02-30 00:00:00' }, 'ACQ.INVALID_PARAMETER'],
    [{ time_expire: '2026-03-20 00:00:00' }, 'ACQ.INVALID_PARAMETER'],
    [{ time_expire: '2026-03-01 23:30:00' }, 'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR'],
  ])('refuses %j', (biz, subCode) => {
    expect(() => read(biz)).toThrow(subCode);
  });
});
