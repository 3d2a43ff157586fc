import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHOPS } from '../shops/shops.js';
import { fenOf, textOn, yuan } from './formats.js';

describe('an amount', () => {
  it('is written with both decimals and read back as the same fen', () => {
    expect([1, 10, 100, 1_299].map(yuan)).toEqual(['0.01', '0.10', '1.00', '12.99']);
    fc.assert(fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fen) => fenOf(yuan(fen)) === fen));
  });

  it('is read as people type it', () => {
    expect(['5', '5.0', ' ¥5.00 ', '0.5', '05.1'].map(fenOf)).toEqual([500, 500, 500, 50, 510]);
  });

  it.each(['', '.', '-1', '+1', '1.', '.5', '1.234', '1,000', '1e3', '0x1', '５', 'NaN', '1 2', '1234567890'])(
    'is not %j',
    (text) => expect(fenOf(text)).toBeUndefined(),
  );
});

describe('the text on a colour', () => {
  it('is black or white, whichever can be read', () => {
    expect([textOn('#ffffff'), textOn('#000000')]).toEqual(['#000', '#fff']);
    for (const { app, color } of SHOPS) expect(contrast(color, textOn(color)), app).toBeGreaterThanOrEqual(4.5);
  });
});

/** WCAG 2.2, relative luminance, worked out anew. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const full = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
  const parts = full.match(/[0-9a-f]{2}/g)?.map((hex) => Number.parseInt(hex, 16) / 255) ?? [];
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
