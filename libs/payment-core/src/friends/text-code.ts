import { randomBytes } from 'node:crypto';
import { checkLetters, isChecked, LETTERS } from './crockford.js';

/** 14 letters of chance (70 bits), then 2 that check them. */
const CHANCE = 14;
const LENGTH = CHANCE + 2;

/** Longer texts are refused unread. UTF-16 code units, as JavaScript counts. */
export const MAX_TEXT = 2_000;

/** A fresh code: sixteen letters of Crockford's base 32, nothing in them but chance and its check. */
export function newTextCode(): string {
  const chance = Array.from(randomBytes(CHANCE), (byte) => LETTERS[byte & 31]).join('');
  return `${chance}${checkLetters(chance)}`;
}

/** The code as it is shared: between two currency marks, which chat apps leave alone and readers recognise. */
export function marked(code: string): string {
  return `￥${code}￥`;
}

/** What was found in a text, or what is wrong with it. */
export type FoundCode = { readonly code: string } | { readonly wrong: TextCodeFault };

/** `misspelled`: something of the right length, whose check does not hold. */
export type TextCodeFault = 'too_long' | 'missing' | 'misspelled' | 'several';

/**
 * Finds a code again in whatever a chat made of it: full-width forms, lower case, O for 0, I or L for 1, blanks, line breaks or
 * hyphens inside, other currency marks or none. What stands between marks is believed first, then a word of sixteen letters, then
 * words that make sixteen together. Linear in the length of the text.
 */
export function findTextCode(text: string): FoundCode {
  if (text.length > MAX_TEXT) return { wrong: 'too_long' };
  const parts = text.normalize('NFKC').toUpperCase().split(MARK);
  const runs = parts.flatMap((part) => part.split(FOREIGN)).map((run) => run.split(GAP).filter((word) => word !== ''));
  const meant = [...new Set([...betweenMarks(parts), ...runs.flat()].map(asWritten))].filter((it) => it !== undefined);
  const [code, another] = meant.filter(isChecked);
  if (another !== undefined) return { wrong: 'several' };
  return code === undefined ? joinedOr(runs, meant.length > 0 ? 'misspelled' : 'missing') : { code };
}

/** Only where nothing better is found: ordinary words may make sixteen letters together, and one time in 1021 a check. */
function joinedOr(runs: readonly (readonly string[])[], wrong: 'misspelled' | 'missing'): FoundCode {
  const [code, another] = new Set(runs.flatMap(joinedWords).map(asWritten).filter(isCode));
  if (another !== undefined) return { wrong: 'several' };
  return code === undefined ? { wrong } : { code };
}

/** ￥ ¥ $ € … */
const MARK = /\p{Sc}/u;
/** Blanks, line breaks, hyphens and what is invisible: a code may have them inside. */
const GAP = /[\s\p{Pd}\p{Cf}]+/u;
/** Neither letter of a code nor gap: a code ends here. */
const FOREIGN = /[^0-9A-Z\s\p{Pd}\p{Cf}]+/u;

function betweenMarks(parts: readonly string[]): string[] {
  return parts.slice(1, -1).map((part) => part.split(GAP).join(''));
}

/** Neighbouring words that make sixteen letters: at most sixteen words from each, so the work stays linear. */
function joinedWords(words: readonly string[]): string[] {
  return words.flatMap((_, from) => {
    let joined = '';
    for (let to = from; to < words.length && joined.length < LENGTH; to++) joined += words[to];
    return joined.length === LENGTH ? [joined] : [];
  });
}

const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Sixteen letters of the alphabet, lookalikes read as what they look like; undefined where it can't be a code. */
function asWritten(word: string): string | undefined {
  if (word.length !== LENGTH) return undefined;
  const letters = word.replace(/[OIL]/g, (letter) => LOOKALIKES[letter]!);
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(letters) ? letters : undefined;
}

function isCode(letters: string | undefined): letters is string {
  return letters !== undefined && isChecked(letters);
}
