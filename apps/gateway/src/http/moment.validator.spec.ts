import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { IsMoment } from './moment.validator.js';

class Asked {
  @IsMoment()
  at: string;
}

const isTaken = (at: unknown) => validateSync(plainToInstance(Asked, { at })).length === 0;

describe('a moment in a request', () => {
  it.each(['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.5+08:00', '2024-02-29T23:59:59-00:00'])('may be %s', (at) => {
    expect(isTaken(at)).toBe(true);
  });

  it.each([
    '2026-W10-1T00:00:00Z',
    '2026-060T00:00:00Z',
    '20260301T080000Z',
    '2026-03-01T08Z',
    '2026-03-01T08:00:00,5Z',
    '2026-03-01T23:59:60Z',
    '2026-02-30T08:00:00Z',
    '2026-03-01T08:00:00',
    '2026-03-01T08:00:00+99:00',
    '2026-03-01',
    '+033658-09-27T01:46:39Z',
    'yesterday',
    1_772_352_000_000,
    null,
  ])('is never %j', (at) => {
    expect(isTaken(at)).toBe(false);
  });
});
