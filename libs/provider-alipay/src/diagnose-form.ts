import { jsonSpellings, type Spelling } from '@hutong/provider-kit';
import { gbkBytes } from './gbk-text.js';
import { stringToSign } from './string-to-sign.js';

/** Names and values as bytes, one latin1 character each. */
export type Pair = readonly [name: string, value: string];

/** Real messages have half as many parameters, and a quarter as long. */
const MOST_PARAMETERS = 60;
const MOST_CHARACTERS = 32_768;

/** Reads `a=1&b=2` without complaint: what is malformed should be looked at, not refused. */
export function loosePairs(text: string): Pair[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): Pair => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
      return [decodedOnce(name), decodedOnce(value)];
    });
}

export const bytesOf = (pairs: readonly Pair[]): Buffer => Buffer.from(stringToSign(pairs), 'latin1');

export const textIn = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/**
 * How the text under a form's signature goes wrong. `signed`: the parameters that belong into it, blanks included;
 * `signType`: whether `sign_type` is among them by rule.
 */
export function* formSpellings(signed: readonly Pair[], signType: Pair | undefined): Generator<Spelling> {
  const size = signed.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (signed.length > MOST_PARAMETERS || size > MOST_CHARACTERS) return;
  const filled = signed.filter(([, value]) => value.trim() !== '');
  if (signType !== undefined) yield ['sign_type_left_in', bytesOf([...filled, signType])];
  yield ['sign_type_left_out', bytesOf(filled.filter(([name]) => name !== 'sign_type'))];
  yield ['empty_values_left_in', bytesOf(signed)];
  yield ['not_sorted', Buffer.from(filled.map(([name, value]) => `${name}=${value}`).join('&'), 'latin1')];
  for (const encode of ENCODERS) yield ['values_encoded', bytesOf(changed(filled, encode))];
  yield ['values_decoded_twice', bytesOf(changed(filled, (value) => value.replaceAll('%', '%25')))];
  yield ['values_decoded_twice', bytesOf(changed(filled, decodedOnce))];
  yield ['values_quoted', bytesOf(changed(filled, (value) => `"${value}"`))];
  yield ['plus_became_space', bytesOf(filled.map(withPlus))];
  yield* charsets(filled);
  for (const [stray] of filled) yield ['stray_parameter', bytesOf(filled.filter(([name]) => name !== stray)), stray];
  const content = filled.find(([name]) => name === 'biz_content')?.[1] ?? '';
  for (const text of content === '' ? [] : jsonSpellings(textIn(content))) {
    const value = Buffer.from(text, 'utf8').toString('latin1');
    yield ['body_reserialised', bytesOf(filled.map(([name, old]) => [name, name === 'biz_content' ? value : old]))];
  }
}

/** One side took another charset than the other, or read bytes as latin1. */
function* charsets(filled: readonly Pair[]): Generator<Spelling> {
  const bytes = bytesOf(filled);
  yield ['charset_mixed', gbkBytes(bytes.toString('utf8')), 'signed as gbk, here as utf-8'];
  yield ['charset_mixed', Buffer.from(new TextDecoder('gbk').decode(bytes), 'utf8'), 'signed as utf-8, here as gbk'];
  yield ['charset_mixed', Buffer.from(bytes.toString('utf8'), 'latin1'), 'read as latin1 and written as utf-8'];
  yield ['charset_mixed', Buffer.from(bytes.toString('latin1'), 'utf8'), 'signed after reading utf-8 as latin1'];
}

const ENCODERS: readonly ((value: string) => string)[] = [
  (value) => percent(value, /[^A-Za-z0-9\-_.!~*'()]/g),
  (value) => percent(value, /[^A-Za-z0-9\-_.~]/g),
  (value) => percent(value, /[^A-Za-z0-9\-_.* ]/g).replaceAll(' ', '+'),
];

const percent = (value: string, all: RegExp): string =>
  value.replace(all, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** The blank in a time is its own. */
const withPlus = ([name, value]: Pair): Pair => [
  name,
  /^\d{4}-\d\d-\d\d \d\d:/.test(value) ? value : value.replaceAll(' ', '+'),
];

const changed = (pairs: readonly Pair[], change: (value: string) => string): Pair[] =>
  pairs.map(([name, value]): Pair => [name, change(value)]);

function decodedOnce(text: string): string {
  const escape = (_: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));
  return text.replaceAll('+', ' ').replace(/%([0-9A-Fa-f]{2})/g, escape);
}
