import { MOST_BYTES, type Spelling } from '../frame/diagnose-rsa.js';
import { jsonSpellings } from '../frame/json-spellings.js';
import { decodeText, encodeText } from './charset.js';
import type { Parameters } from './parameters.js';

/** Names and values as bytes, one latin1 character each. */
type Pair = readonly [name: string, value: string];

const MOST_PARAMETERS = 60;

/** How clients get the string of a call wrong. Nothing for a call that is too long to be worth it. */
export function* parameterSpellings({ raw, charset }: Parameters): Generator<Spelling> {
  const arrived = [...raw].filter(([name]) => name !== 'sign');
  const size = arrived.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (arrived.length > MOST_PARAMETERS || size > MOST_BYTES) return;
  const filled = arrived.filter(([, value]) => value.trim() !== '');
  const signed = sorted(filled);
  yield { code: 'sign_type_left_out', text: bytesOf(signed.filter(([name]) => name !== 'sign_type')) };
  yield { code: 'empty_values_left_in', text: bytesOf(sorted(arrived)) };
  yield { code: 'not_sorted', text: bytesOf(filled) };
  yield { code: 'not_sorted', text: bytesOf(caseless(filled)) };
  for (const encode of ENCODINGS) yield { code: 'values_encoded', text: bytesOf(mapped(signed, encode)) };
  yield { code: 'values_quoted', text: bytesOf(mapped(signed, (value) => `"${value}"`)) };
  yield { code: 'values_html_escaped', text: bytesOf(mapped(signed, htmlEscaped)) };
  yield { code: 'values_html_escaped', text: bytesOf(mapped(signed, htmlUnescaped)) };
  yield { code: 'plus_became_space', text: bytesOf(signed.map(withPlus)) };
  yield* charsetSpellings(signed);
  for (const [stray] of signed) {
    yield { code: 'stray_parameter', text: bytesOf(signed.filter(([name]) => name !== stray)), detail: stray };
  }
  const content = decodeText(Buffer.from(raw.get('biz_content') ?? '', 'latin1'), charset);
  for (const spelling of jsonSpellings(content)) {
    const written = encodeText(spelling, charset).toString('latin1');
    const pairs = signed.map(([name, value]): Pair => [name, name === 'biz_content' ? written : value]);
    yield { code: 'body_reserialised', text: bytesOf(pairs) };
  }
}

/** Text that was encoded in one charset for the signature and in the other for the wire. */
function* charsetSpellings(signed: readonly Pair[]): Generator<Spelling> {
  for (const [sent, said] of [
    ['utf-8', 'gbk'],
    ['gbk', 'utf-8'],
  ] as const) {
    const text = decodeText(bytesOf(signed), sent);
    yield { code: 'charset_mixed', text: encodeText(text, said), detail: `signed as ${said}, sent as ${sent}` };
  }
}

const ENCODINGS: readonly ((value: string) => string)[] = [
  (value) => percent(value, /[^A-Za-z0-9\-_.!~*'()]/g),
  (value) => percent(value, /[^A-Za-z0-9\-_.~]/g),
  (value) => percent(value, /[^A-Za-z0-9\-_.* ]/g).replaceAll(' ', '+'),
];

const percent = (value: string, all: RegExp): string =>
  value.replace(all, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

const htmlEscaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const htmlUnescaped = (value: string): string =>
  value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The blank in `timestamp` is its own. */
const withPlus = ([name, value]: Pair): Pair => [name, name === 'timestamp' ? value : value.replaceAll(' ', '+')];

const sorted = (pairs: readonly Pair[]): readonly Pair[] => pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));

const caseless = (pairs: readonly Pair[]): readonly Pair[] =>
  pairs.toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

const mapped = (pairs: readonly Pair[], change: (value: string) => string): readonly Pair[] =>
  pairs.map(([name, value]): Pair => [name, change(value)]);

const bytesOf = (pairs: readonly Pair[]): Buffer =>
  Buffer.from(pairs.map(([name, value]) => `${name}=${value}`).join('&'), 'latin1');
