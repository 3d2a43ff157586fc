import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { DifferenceDocument } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { csvCell, differencesCsv } from './differences-csv.js';

const DIFFERENCE: DifferenceDocument = {
  id: 'dif_1',
  kind: 'foreign',
  subject: 'payment',
  current: true,
  resolution: 'none',
  reference: '=cmd|calc!A1',
  provider_reference: '4200001234',
  refund_reference: null,
  payment_id: null,
  attempt_id: null,
  refund_id: null,
  ours: null,
  theirs: { amount: 1_299, currency: 'CNY', state: null, at: '2026-11-22T04:00:00.000Z' },
  found_at: '2026-11-23T02:30:00.000Z',
  resolved_at: null,
};

describe('the table of differences', () => {
  it('says amounts in yuan and never lets a spreadsheet calculate what a statement says', () => {
    const [row] = parse(differencesCsv([DIFFERENCE]), { bom: true, columns: true });
    expect(row).toMatchObject({ reference: "'=cmd|calc!A1", theirs_amount: '12.99', ours_amount: '', current: 'true' });
  });

  it('has its head where there is nothing to tell', () => {
    expect(differencesCsv([])).toMatch(/^\uFEFFkind,subject,.*found_at\r\n$/);
  });

  it('reads back whatever it says, and no cell begins a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
        const [read = []] = parse(`${cells.map(csvCell).join(',')}\r\n`, {
          relax_column_count: true,
          skip_empty_lines: false,
        });
        expect(read.map((cell: string) => cell.replace(/^'/, ''))).toEqual(cells.map((cell) => cell.replace(/^'/, '')));
        for (const cell of read) expect(/^\s*[=+@|%]/.test(cell)).toBe(false);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\t=1', ' =1', '＝1', '|calc', '-2+3+cmd|x'])('%j is a text', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each(['-12.99', '12.99', '0', 'order-1'])('%s stays as it is', (text) => {
    expect(csvCell(text)).toBe(text);
  });
});
