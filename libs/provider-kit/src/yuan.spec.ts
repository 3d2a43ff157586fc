import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenToYuan, signedYuanToFen, yuanToFen } from './yuan.js';

describe('yuan', () => {
  it('makes the round trip exactly, from nothing to a hundred billion yuan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (fen) => {
        const yuan = fenToYuan(fen);
        expect(yuan).toMatch(/^\d+\.\d\d$/);
        expect(yuanToFen(yuan)).toBe(fen);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads what the wires write', () => {
    const written = {
      '12.99': 1_299,
      '0.01': 1,
      '0.1': 10,
      '88': 8_800,
      '88.0': 8_800,
      '88.00': 8_800,
      '1.13': 113,
      '0': 0,
    };
    for (const [yuan, fen] of Object.entries(written)) expect(yuanToFen(yuan), yuan).toBe(fen);
  });

  it.each([
    '',
    '.5',
    '1.',
    '1.234',
    '01.00',
    '-1.00',
    '+1',
    '1e3',
    '1,299.00',
    ' 1',
    '1 ',
    '１',
    '0x10',
    '12345678901234.00',
    'NaN',
    '1.00\n',
  ])('takes %j for no amount', (text) => expect(() => yuanToFen(text)).toThrow(RangeError));

  it.each([1.5, -1, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('writes no yuan for %s fen', (fen) => {
    expect(() => fenToYuan(fen)).toThrow(RangeError);
  });
});

describe('yuan in a statement', () => {
  it('makes the round trip exactly, with its sign and with zeros behind it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), fc.stringMatching(/^0{0,4}$/), (fen, zeros) => {
        expect(signedYuanToFen(`${fenToYuan(fen)}${zeros}`)).toBe(fen);
        expect(signedYuanToFen(`-${fenToYuan(fen)}${zeros}`)).toBe(fen === 0 ? 0 : -fen);
      }),
    );
  });

  it.each([
    ['+0.06', 6],
    ['0', 0],
    ['0.0', 0],
    ['-0.00000', 0],
    ['0.06000', 6],
    ['00.5', 50],
  ])('reads %j', (text, fen) => expect(signedYuanToFen(text)).toBe(fen));

  it.each(['', '-', '.5', '1.', '0.006', '0.00600', '1e3', '1,299.00', ' 1', '--1', '１', '12345678901234.00'])(
    'takes %j for no amount',
    (text) => expect(() => signedYuanToFen(text)).toThrow(RangeError),
  );
});
