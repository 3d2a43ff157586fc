import { describe, expect, it } from 'vitest';
import { MAX_AMOUNT, money, sameMoney } from './money.js';

describe('money', () => {
  it('is a safe integer of minor units with a currency, yuan when nothing is said', () => {
    expect(money(1_299)).toEqual({ amount: 1_299, currency: 'CNY' });
    expect(money(0)).toEqual({ amount: 0, currency: 'CNY' });
    expect(money(Number.MAX_SAFE_INTEGER).amount).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([12.99, -1, Number.NaN, Infinity, Number.MAX_SAFE_INTEGER + 1, '1299' as never, null as never])(
    'is never %s',
    (amount) => expect(() => money(amount)).toThrow(RangeError),
  );

  it('is the same only when both amount and currency are', () => {
    expect(sameMoney(money(1), money(1))).toBe(true);
    expect(sameMoney(money(1), money(2))).toBe(false);
    expect(sameMoney(money(1), { amount: 1, currency: 'USD' as never })).toBe(false);
  });

  it('stops at a million yuan', () => expect(MAX_AMOUNT).toBe(1_000_000_00));
});
