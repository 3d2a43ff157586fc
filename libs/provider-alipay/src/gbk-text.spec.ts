import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gbkBytes } from './gbk-text.js';

describe('gbkBytes', () => {
  it.each([
    ['淘特', 'ccd4ccd8'],
    ['a=1&b=柚子', '613d3126623de8d6d7d3'],
    ['emoji 🍊', '656d6f6a69203f'],
  ])('writes %s', (text, hex) => {
    expect(gbkBytes(text).toString('hex')).toBe(hex);
  });

  it('writes what its decoder reads as the same text again', () => {
    const letters = fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 })).map((codes) => String.fromCodePoint(...codes));
    fc.assert(
      fc.property(letters, (text) => {
        expect(new TextDecoder('gbk', { fatal: true }).decode(gbkBytes(text))).toBe(text);
      }),
    );
  });
});
