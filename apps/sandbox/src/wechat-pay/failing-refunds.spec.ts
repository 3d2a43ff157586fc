import { expect, it } from 'vitest';
import { FailingRefunds } from './failing-refunds.js';
import { invalidRequest } from './wechat-error.js';

const refusal = invalidRequest('no');

it('tells six refused refunds of a second why, the others that they come too fast', () => {
  const failing = new FailingRefunds();
  const shop = { name: 'shop', strict: true };
  const codes = (at: number, of = shop): readonly string[] =>
    Array.from({ length: 8 }, () => failing.judged(refusal, of, new Date(at)).code);
  const [said, silent] = [Array<string>(6).fill('INVALID_REQUEST'), ['FREQUENCY_LIMITED', 'FREQUENCY_LIMITED']];
  expect(codes(5_000)).toEqual([...said, ...silent]);
  expect(codes(5_999, { ...shop, name: 'other' })).toEqual([...said, ...silent]);
  expect(codes(6_000)).toEqual([...said, ...silent]);
  expect(codes(6_000, { name: 'friendly', strict: false })).not.toContain('FREQUENCY_LIMITED');
});
