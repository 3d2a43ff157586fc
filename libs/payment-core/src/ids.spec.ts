import { describe, expect, it } from 'vitest';
import { newId } from './ids.js';

describe('an id', () => {
  it('fits both wires as an order number and is never given twice', () => {
    const ids = Array.from({ length: 5_000 }, () => newId('att'));
    expect(ids.every((id) => /^att_[0-9A-Za-z]{26}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sorts by the time it was made', () => {
    const earlier = newId('pay', new Date('2026-01-01T00:00:00Z'));
    const later = newId('pay', new Date('2026-01-01T00:00:01Z'));
    expect(earlier < later).toBe(true);
  });
});
