import { describe, expect, it } from 'vitest';
import { formatYuan, parseYuan } from './yuan.js';

describe('yuan at the edge', () => {
  it.each([
    ['0.01', 1],
    ['1', 100],
    ['88.8', 8880],
    ['100000000', 10_000_000_000],
    ['0.29', 29],
  ])('reads %s exactly', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  it.each(['.1', '1.', '01.00', '1e2', '1.005', '+1', ' 1', '1,000.00', '-0.00', '１', ''])('refuses %j', (text) => {
    expect(parseYuan(text)).toBeUndefined();
  });

  it.each([
    [1, '0.01'],
    [10, '0.10'],
    [8880, '88.80'],
    [10_000_000_000, '100000000.00'],
  ])('writes %i fen', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });
});
