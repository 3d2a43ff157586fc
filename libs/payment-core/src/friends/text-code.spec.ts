import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLetters, LETTERS } from './crockford.js';
import { findTextCode, marked, MAX_TEXT, newTextCode } from './text-code.js';

const RUNS = { numRuns: 1_000 };

/** Codes by the algebra rather than by chance, so that a failing one shrinks. */
const codes = fc
  .array(fc.integer({ min: 0, max: 31 }), { minLength: 14, maxLength: 14 })
  .map((digits) => digits.map((digit) => LETTERS[digit]).join(''))
  .map((chance) => chance + checkLetters(chance));

/** What people write around a code in a chat; no letters that could be one. */
const chatter = fc
  .array(
    fc.constantFrom('帮我付一下', '，', '🎁', '👨‍👩‍👧', '【淘菜菜】', '复制这段话', '谢谢', '\n', ' ', '!', '：', '❤️'),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const replaceAt = (text: string, at: number, letter: string) => text.slice(0, at) + letter + text.slice(at + 1);

describe('a fresh code', () => {
  it('is sixteen letters that nobody confuses, found as it stands and between its marks', () => {
    const made = Array.from({ length: 1_000 }, newTextCode);
    for (const code of made) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
      expect(findTextCode(code)).toEqual({ code });
      expect(findTextCode(marked(code))).toEqual({ code });
    }
    expect(new Set(made).size).toBe(made.length);
  });

  it('draws every letter at every place of its chance: seventy bits, not fewer', () => {
    const made = Array.from({ length: 2_000 }, newTextCode);
    for (let at = 0; at < 14; at++) expect(new Set(made.map((code) => code[at])).size).toBe(32);
  });
});

describe('a code in a chat', () => {
  it('is found between words, emoji and line breaks, whatever the mark', () =>
    fc.assert(
      fc.property(codes, chatter, chatter, fc.constantFrom('￥', '¥', '$', '€', '￡'), (code, before, after, mark) => {
        expect(findTextCode(`${before}${mark}${code}${mark}${after}`)).toEqual({ code });
      }),
      RUNS,
    ));

  it('is found without marks', () =>
    fc.assert(
      fc.property(codes, chatter, chatter, (code, before, after) => {
        expect(findTextCode(`${before} ${code} ${after}`)).toEqual({ code });
      }),
      RUNS,
    ));

  const retyped = (code: string, ways: readonly number[]) =>
    [...code]
      .map((letter, at) => {
        const way = ways[at] ?? 0;
        if (letter === '0' && way % 2 === 1) return way % 4 === 1 ? 'O' : 'o';
        if (letter === '1' && way % 2 === 1) return ['I', 'l', 'L', 'i'][way % 3]!;
        if (way === 4) return letter.toLowerCase();
        return way === 6 ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter;
      })
      .join('');

  it('is found in lower case, in full-width forms, with O for 0 and I or L for 1', () =>
    fc.assert(
      fc.property(codes, fc.array(fc.nat(7), { minLength: 16, maxLength: 16 }), (code, ways) => {
        expect(findTextCode(`看 ￥${retyped(code, ways)}￥ 看`)).toEqual({ code });
      }),
      RUNS,
    ));

  it('is found with blanks, line breaks, hyphens or invisible characters inside, with marks and without', () =>
    fc.assert(
      fc.property(
        codes,
        fc.array(fc.constantFrom('', '', '', ' ', '-', '\n', '\u200b', '　', '–'), { minLength: 16, maxLength: 16 }),
        fc.constantFrom('￥', '。'),
        (code, gaps, mark) => {
          const spread = [...code].map((letter, at) => letter + gaps[at]).join('');
          expect(findTextCode(`${mark}${spread}${mark}`)).toEqual({ code });
        },
      ),
      RUNS,
    ));

  it('is found beside a price', () => {
    const code = newTextCode();
    expect(findTextCode(`春笋 ¥12.99 帮我付 ￥${code}￥ 谢谢 $5`)).toEqual({ code });
  });

  it('is one code, however often it is pasted; two codes are a question', () =>
    fc.assert(
      fc.property(codes, codes, (one, other) => {
        fc.pre(one !== other);
        expect(findTextCode(`${marked(one)} ${marked(one)} ${one}`)).toEqual({ code: one });
        expect(findTextCode(`${marked(one)} ${marked(other)}`)).toEqual({ wrong: 'several' });
      }),
      RUNS,
    ));
});

describe('a wrong letter', () => {
  it('is caught, at any place', () =>
    fc.assert(
      fc.property(codes, fc.nat(15), fc.nat(31), (code, at, digit) => {
        const letter = LETTERS[digit]!;
        fc.pre(letter !== code[at]);
        expect(findTextCode(marked(replaceAt(code, at, letter)))).toEqual({ wrong: 'misspelled' });
      }),
      { numRuns: 5_000 },
    ));

  it('is caught when two neighbours changed places', () =>
    fc.assert(
      fc.property(codes, fc.nat(14), (code, at) => {
        fc.pre(code[at] !== code[at + 1]);
        const swapped = replaceAt(replaceAt(code, at, code[at + 1]!), at + 1, code[at]!);
        expect(findTextCode(marked(swapped))).toEqual({ wrong: 'misspelled' });
      }),
      { numRuns: 5_000 },
    ));
});

describe('a text without a code', () => {
  it.each([
    ['nothing', ''],
    ['talk', '帮我付一下好吗，谢谢 🎁'],
    ['a link', 'https://shop.example/f/abc'],
    ['a code cut short', '￥ABCDEFGHJKM￥'],
    ['a letter that no code has', '￥UUUUUUUUUUUUUUUU￥'],
  ])('says so: %s', (_what, text) => expect(findTextCode(text)).toEqual({ wrong: 'missing' }));

  it('is refused unread past two thousand characters', () => {
    expect(findTextCode('A'.repeat(MAX_TEXT))).toEqual({ wrong: 'missing' });
    expect(findTextCode('A'.repeat(MAX_TEXT + 1))).toEqual({ wrong: 'too_long' });
  });

  it('never throws, and never finds what has no check', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const found = findTextCode(text);
        const code = 'code' in found ? found.code : newTextCode();
        expect(code.slice(14)).toBe(checkLetters(code.slice(0, 14)));
      }),
      RUNS,
    ));

  it.each([
    ['marks', '￥'],
    ['single letters', 'A '],
    ['gaps', ' -'],
    ['letters and marks', 'A￥'],
    ['what normalises to eighteen characters each', 'ﷺ'],
  ])('of %s alone is answered at once: nothing in it is tried twice', (_what, unit) => {
    const hostile = unit.repeat(MAX_TEXT / unit.length);
    for (let time = 0; time < 100; time++) expect(findTextCode(hostile)).toEqual({ wrong: 'missing' });
  });
});
