import { describe, expect, it } from 'vitest';
import { isReturnUrlAllowed } from './return-url.js';

const ORIGINS = ['https://shop.example', 'http://127.0.0.1:*'];

describe('a return address', () => {
  it.each(['https://shop.example/done?x=1', 'http://127.0.0.1:3100/back', 'http://127.0.0.1/', 'https://shop.example'])(
    'takes %s',
    (url) => {
      expect(isReturnUrlAllowed(url, ORIGINS)).toBe(true);
    },
  );

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//shop.example/x',
    '/\\shop.example',
    'https:shop.example',
    'https://shop.example@evil.example/',
    'https://user@shop.example/',
    'https://shop.example.evil.example/',
    'https://evil.example/?https://shop.example',
    'http://shop.example/',
    'https://shop.example:8443/',
    'https://shop.example\t.evil.example/',
    'https://shop.example\\@evil.example/',
    ' https://shop.example/',
    'http://127.0.0.1.evil.example:80/',
    'http://localhost:3100/',
    '',
  ])('refuses %j', (url) => {
    expect(isReturnUrlAllowed(url, ORIGINS)).toBe(false);
  });
});
