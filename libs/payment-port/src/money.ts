/** ISO 4217 code. The wires of this release settle in Chinese yuan; the type is open so that a provider may add one. */
export type Currency = 'CNY';

export const CURRENCIES = ['CNY'] as const satisfies readonly Currency[];

/** An amount in minor units (fen for CNY). Never a float, never a decimal string. */
export interface Money {
  /** Minor units; a safe integer, zero or more. */
  readonly amount: number;
  readonly currency: Currency;
}

/** Largest amount of one payment: 1,000,000.00 yuan, well under what both wires accept. */
export const MAX_AMOUNT = 100_000_000;

/**
 * Makes money out of minor units.
 * @throws RangeError when the amount is not a safe integer of zero or more.
 */
export function money(amount: number, currency: Currency = 'CNY'): Money {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new RangeError(`Money is a safe integer of minor units, zero or more; got ${String(amount)}.`);
  }
  return { amount, currency };
}

export function sameMoney(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency;
}
