import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayGoTo } from './outbound-address.js';
import { judgeUrl } from './outbound-url.js';

const production = { development: false };
const development = { development: true };

/** One of each range that is not the public internet. */
const FORBIDDEN = [
  ['unspecified', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['private', '10.0.0.1'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.0.1'],
  ['CGNAT', '100.64.0.1'],
  ['CGNAT: metadata at Alibaba Cloud', '100.100.100.200'],
  ['link-local: metadata', '169.254.169.254'],
  ['link-local', '169.254.0.1'],
  ['protocol assignments', '192.0.0.192'],
  ['documentation', '192.0.2.1'],
  ['documentation', '198.51.100.1'],
  ['documentation', '203.0.113.1'],
  ['6to4 relay', '192.88.99.1'],
  ['benchmarking', '198.18.0.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['unique local', 'fc00::1'],
  ['unique local: metadata', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
  ['mapped public', '::ffff:8.8.8.8'],
  ['mapped loopback', '::ffff:127.0.0.1'],
  ['compatible', '::127.0.0.1'],
  ['compatible', '::10.0.0.1'],
  ['translated', '::ffff:0:127.0.0.1'],
  ['6to4 of loopback', '2002:7f00:1::'],
  ['6to4 of a public address', '2002:808:808::'],
  ['NAT64 of loopback', '64:ff9b::7f00:1'],
  ['NAT64 of metadata', '64:ff9b::169.254.169.254'],
  ['local NAT64', '64:ff9b:1::7f00:1'],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['ISATAP', '2a00:1450::5efe:7f00:1'],
  ['ISATAP', '2a00:1450::200:5efe:a00:1'],
  ['ORCHID', '2001:20::1'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['discard', '100::1'],
  ['segment routing', '5f00::1'],
  ['a zone', 'fe80::1%eth0'],
  ['not an address', 'localhost'],
  ['not an address', ''],
] as const;

describe('an address', () => {
  it.each(FORBIDDEN)('of a special range is refused everywhere (%s: %s)', (_, address) => {
    for (const loopback of [false, true]) expect(mayGoTo(address, { loopback })).toBe(false);
  });

  it.each(['127.0.0.1', '127.255.255.254', '::1'])('of loopback is for development only (%s)', (address) => {
    expect(mayGoTo(address, { loopback: true })).toBe(true);
    expect(mayGoTo(address, { loopback: false })).toBe(false);
  });

  it.each(['8.8.8.8', '1.1.1.1', '203.0.112.7', '2606:4700::1111', '2a00:1450:4001::200e'])(
    'of the internet passes (%s)',
    (address) => {
      expect(mayGoTo(address, { loopback: false })).toBe(true);
    },
  );

  it('of version 4 is refused however version 6 carries it', () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(octet, octet, octet, octet, (a, b, c, d) => {
        const hex = [a * 256 + b, c * 256 + d].map((it) => it.toString(16)).join(':');
        const carried = [
          `::ffff:${hex}`,
          `::${hex}`,
          `64:ff9b::${hex}`,
          `64:ff9b:1::${hex}`,
          `2002:${hex}::1`,
          `2001:0:${hex}::`,
        ];
        const all = [...carried, `2a00:1450::5efe:${hex}`, `::ffff:0:${hex}`];
        expect(all.filter((address) => mayGoTo(address, { loopback: false }))).toEqual([]);
      }),
    );
  });
});

describe('a URL', () => {
  it.each([
    ['https://shop.example/hook', 'https://shop.example/hook'],
    ['HTTPS://Shop.Example:443/hook?a=1', 'https://shop.example/hook?a=1'],
    ['https://shop.example./hook', 'https://shop.example/hook'],
    ['https://shop.example:8443/', 'https://shop.example:8443/'],
    ['https://商店.example/', 'https://xn--czrs0t.example/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
  ])('is kept in its one form (%s)', (text, canonical) => {
    expect(judgeUrl(text, production)).toEqual({ url: new URL(canonical) });
  });

  it.each([
    'http://shop.example/',
    'http://127.0.0.1/',
    'https://localhost.localdomain:22/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://127。0。0。1/',
    'https://１２７.0.0.1/',
    'https://①②⑦.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1./',
  ])('is refused in production: %s', (text) => {
    expect(judgeUrl(text, production)).toHaveProperty('refused');
  });

  it.each([
    'ftp://shop.example/',
    'file:///etc/passwd',
    'gopher://shop.example/',
    'javascript:alert(1)',
    'shop.example/hook',
    '',
    'https://',
    'https://user@shop.example/',
    'https://user:pass@shop.example/',
    'https://shop.example@169.254.169.254/',
    'https://shop.example\\@127.0.0.1/',
    'https://shop.example/#top',
    'https://shop.example:22/',
    'https://shop.example:25/',
    'https://shop.example:6379/',
    'https://shop.example:5432/',
    'https://shop.example:0/',
    'https://shop.example:65536/',
    'https://shop\u0000.example/',
    'https://shop%00.example/',
    'https://shop.example/\u0000',
    'https://shop.example/a b',
    'https://shop.example/\r\nx',
    'https://a..b/',
    'https://169.254.169.254/',
    'http://192.168.1.1/',
    'http://[fd00:ec2::254]/',
    `https://shop.example/${'a'.repeat(5_000)}`,
  ])('is refused everywhere: %j', (text) => {
    for (const rule of [production, development]) expect(judgeUrl(text, rule)).toHaveProperty('refused');
  });

  it.each(['http://127.0.0.1:4567/hook', 'http://localhost:4567/', 'http://[::1]:4567/'])(
    'on loopback is for development: %s',
    (text) => {
      expect(judgeUrl(text, development)).toHaveProperty('url');
    },
  );

  it('judged twice is judged the same: its one form stays as it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (text) => {
        const verdict = judgeUrl(text, production);
        const again = 'url' in verdict ? judgeUrl(verdict.url.href, production) : verdict;
        expect(again).toEqual(verdict);
      }),
    );
  });

  it('is answered with a verdict, never an exception, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const candidate of [text, `https://${text}`, `https://a.example:${text}/`])
          expect(Object.keys(judgeUrl(candidate, development))).toHaveLength(1);
      }),
    );
  });
});
