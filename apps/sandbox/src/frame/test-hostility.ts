import fc from 'fast-check';

/* What nobody should send, for property specs. */

/** Texts that have broken software: other scripts, halves of characters, control characters, patterns, markup, paths. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\udc00x',
    '🀄️🥢',
    '\u202etxt.exe',
    '\ufeff',
    '一'.repeat(200),
    '__proto__',
    'constructor',
    'toString',
    'NaN',
    '1e400',
    '../../etc/passwd',
    '${7*7}',
    "' OR 1=1 --",
    '<script>alert(1)</script>',
    '%00',
    '\r\nSet-Cookie: a=b',
    'http://[::1',
    'http://127.0.0.1:9/中文',
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00+23:59',
    '+275760-09-12T23:59:59.999Z',
    '-271821-04-20T00:00:00Z',
    '2026-02-30 25:61:61',
  ),
);

/** In place of this text, `jsonOf` writes lists within lists, deeper than recursion goes. */
const ABYSS = 'abyss';
const DEPTH = 20_000;

/** The JSON text of a hostile value. */
export function jsonOf(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.replace(`"${ABYSS}"`, `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`);
}

/** A JSON value of the wrong type, the wrong size or the wrong depth; `undefined` leaves a field out. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(undefined, null, true, false, [], {}, [[]], [null], { total: null }),
  fc.constantFrom<unknown>(0, -0, -1, 0.5, 1e30, -1e30, 2 ** 53, 2 ** 63, Number.MIN_VALUE, Number.MAX_VALUE),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(ABYSS),
);

/** The object with some of its fields, at any level, made hostile. */
export function spoiled(good: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(good).map(([name, value]) => [name, spoiledField(value)] as const);
  return fc
    .tuple(fc.record(Object.fromEntries(fields)), fc.option(fc.dictionary(hostileText, hostileValue, { maxKeys: 2 })))
    .map(([known, unknown]) => ({ ...known, ...unknown }));
}

function spoiledField(value: unknown): fc.Arbitrary<unknown> {
  const kept = Array.isArray(value)
    ? fc.tuple(...value.map(spoiledField))
    : typeof value === 'object' && value !== null
      ? spoiled(value as Readonly<Record<string, unknown>>)
      : fc.constant(value);
  return fc.oneof({ arbitrary: kept, weight: 4 }, { arbitrary: hostileValue, weight: 1 });
}

/** JSON text that no library writes: duplicate keys, `__proto__`, numbers without end, nesting, halves of it. */
export const hostileJson = fc.oneof(
  hostileValue.map(jsonOf),
  fc.constantFrom(
    '{"__proto__":{"status":"paid"}}',
    '{"constructor":{"prototype":{"paid":true}}}',
    '{"amount":1,"amount":2}',
    `{"amount":${'9'.repeat(5_000)}}`,
    '{"amount":1e999999}',
    '['.repeat(50_000),
    `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    `"${'x'.repeat(100_000)}"`,
    '{"a":"\\ud800"}',
    '\ufeff{}',
    '{',
    'null',
  ),
);

/** Bodies of any kind: JSON, forms, multipart, and bytes that are no text in any charset. */
export const hostileBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  hostileJson.map((text) => Buffer.from(text)),
  fc.array(fc.tuple(hostileText, hostileText), { maxLength: 5 }).map((pairs) => formOf(pairs)),
  fc
    .constantFrom('--x\r\n\r\n--x--', '--x', '\r\n--x\r\ncontent-disposition: form-data; name="a', '%', '%%=&&==')
    .map((text) => Buffer.from(text)),
);

function formOf(pairs: readonly (readonly [string, string])[]): Buffer {
  return Buffer.from(pairs.map(([name, value]) => `${name}=${value}`).join('&'));
}

/** Bytes of a request target: visible ASCII with everything that parsers stumble over. */
export const hostileTarget = fc
  .array(
    fc.oneof(
      fc.string({ unit: fc.constantFrom(...'abc019/%?&=#;:@+~\\|^"<>{}[]`.'), maxLength: 30 }),
      fc.constantFrom('%00', '%zz', '%', '%c0%af', '%ed%a0%80', '%ff', '..%2f', '//', 'é', 'x'.repeat(2_000)),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const headerValue = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
  fc.constantFrom('', '"', ',,;;', 'é\xff', 'x'.repeat(6_000), '0'.repeat(400), 'application/json; charset=gbk'),
);

/** Header lines that wires read, doubled and filled with anything. */
export const hostileHeaders = fc.array(
  fc.tuple(
    fc.constantFrom(
      'Authorization',
      'Content-Type',
      'Content-Encoding',
      'Accept',
      'User-Agent',
      'Cookie',
      'Wechatpay-Serial',
      'Wallet-Merchant',
      'Wallet-Timestamp',
      'Wallet-Nonce',
      'Wallet-Signature',
      'X-Forwarded-Host',
    ),
    headerValue,
  ),
  { maxLength: 8 },
) as fc.Arbitrary<[string, string][]>;

/** The text of a body that ought to be `good`: what a genuine merchant's broken software sends, or somebody with its key. */
export function hostileContent(good: Readonly<Record<string, unknown>>): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: spoiled(good).map(jsonOf), weight: 3 }, { arbitrary: hostileJson, weight: 1 });
}
