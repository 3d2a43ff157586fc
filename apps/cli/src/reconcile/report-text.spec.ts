import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../commands/reconcile.js';
import { yuan } from './report-text.js';

describe('a report at the terminal', () => {
  it.each([
    [0, '0.00'],
    [7, '0.07'],
    [-7, '-0.07'],
    [129_900, '1299.00'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
  ])('says %d fen as %s', (fen, text) => {
    expect(yuan(fen)).toBe(text);
  });

  it('ends with 0 when nothing is left, 1 when people have to look, 2 without a result', () => {
    expect(exitCodeOf({ status: 'ready', remaining: 0 })).toBe(0);
    expect(exitCodeOf({ status: 'ready', remaining: 3 })).toBe(1);
    for (const status of ['running', 'not_ready', 'failed'] as const)
      expect(exitCodeOf({ status, remaining: null })).toBe(2);
  });
});
