import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBytes, plainText } from './byte-text.js';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('text within the limits of a wire', () => {
  it('is a head of the text, within the bytes, and never cut mid-character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 256 }), (text, maxBytes) => {
        const fitted = fitBytes(text, maxBytes);
        expect(text.startsWith(fitted)).toBe(true);
        expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(maxBytes);
        expect(fitted.isWellFormed() || !text.isWellFormed()).toBe(true);
      }),
    );
  });

  it('is the longest such head', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 256 }), (text, maxBytes) => {
        const fitted = fitBytes(text, maxBytes);
        const next = String.fromCodePoint(text.codePointAt(fitted.length) ?? 0);
        expect(fitted === text || Buffer.byteLength(fitted + next) > maxBytes).toBe(true);
      }),
    );
  });

  it('counts bytes: 42 of 300 Chinese characters fit into 127', () => {
    expect(fitBytes('鲜'.repeat(300), 127)).toBe('鲜'.repeat(42));
    expect(fitBytes(`${'a'.repeat(126)}鲜`, 127)).toBe('a'.repeat(126));
  });

  it('drops emoji, control characters and lone surrogates, and leaves the rest', () => {
    expect(plainText('番茄🍅 2kg')).toBe('番茄 2kg');
    expect(plainText('a\u0000b\u007fc\ud800d')).toBe('abcd');
    expect(plainText('  一  二　三 ')).toBe('一 二 三');
    expect(plainText('🍅🍅')).toBe('');
  });

  it('keeps words apart that a line break kept apart', () => {
    expect(plainText('番茄\n黄瓜\t茄子')).toBe('番茄 黄瓜 茄子');
  });

  it('leaves nothing that needs four bytes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const character of plainText(text)) expect(Buffer.byteLength(character)).toBeLessThan(4);
      }),
    );
  });
});
