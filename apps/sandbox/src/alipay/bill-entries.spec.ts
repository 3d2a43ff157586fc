import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlipayTrade } from './alipay-trade.js';
import { cell, yuan } from './bill-csv.js';
import { billEntries } from './bill-entries.js';
import { type BillPeriod, parseBillDate } from './bill-period.js';

const periodOf = (date: string): BillPeriod => {
  const period = parseBillDate(date);
  if (period === undefined) throw new Error(date);
  return period;
};
const FEBRUARY = periodOf('2028-02');
const DAYS = Array.from({ length: 29 }, (_, day) => periodOf(`2028-02-${String(day + 1).padStart(2, '0')}`));

const moment = fc.date({ min: new Date(FEBRUARY.start), max: new Date(FEBRUARY.end - 1), noInvalidDate: true });

/** As much of a trade as statements read: paid in February, given back in part. */
const trade = fc
  .tuple(
    moment,
    fc.integer({ min: 1, max: 10_000_000 }),
    fc.array(fc.tuple(moment, fc.double({ min: 0.01, max: 0.3 })), { maxLength: 3 }),
  )
  .map(([paidAt, amount, refunds]) => ({
    account: 'shop',
    amount,
    paidAt,
    refunds: refunds.map(([settledAt, share]) => ({ settledAt, amount: Math.ceil(amount * share) })),
  })) as unknown as fc.Arbitrary<AlipayTrade>;

const closing = ({ opening, within }: ReturnType<typeof billEntries>): number =>
  within.reduce((fen, { amount, fee }) => fen + amount + fee, opening);

describe('statements of consecutive days', () => {
  it('begin where the day before ended, and make up the month between them', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 20 }), (trades) => {
        const days = DAYS.map((day) => billEntries(trades, 'shop', day));
        const month = billEntries(trades, 'shop', FEBRUARY);
        for (const [index, day] of days.entries())
          expect(day.opening).toBe(index === 0 ? 0 : closing(days[index - 1] ?? day));
        expect(days.reduce((count, { within }) => count + within.length, 0)).toBe(month.within.length);
        expect(closing(days.at(-1) ?? month)).toBe(closing(month));
      }),
    );
  });

  it('tell each moment in the order of time, and nothing of other accounts', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 20 }), (trades) => {
        const times = billEntries(trades, 'shop', FEBRUARY).within.map(({ at }) => at.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(billEntries(trades, 'other', FEBRUARY)).toEqual({ within: [], opening: 0 });
      }),
    );
  });
});

describe('a cell', () => {
  it('is read back as it was by any reader of CSV', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), (texts) => {
        expect(parse(`${texts.map(cell).join(',')}\r\n`, { record_delimiter: '\r\n' })).toEqual([texts]);
      }),
    );
  });

  it.each([
    [0, '0.00'],
    [-1, '-0.01'],
    [-12_345, '-123.45'],
  ])('of %i fen is %s', (fen, text) => {
    expect(yuan(fen)).toBe(text);
  });
});
