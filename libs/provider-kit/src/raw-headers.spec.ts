import { describe, expect, it } from 'vitest';
import { singleHeader } from './raw-headers.js';

const message = {
  body: new Uint8Array(),
  headers: [
    ['Wallet-Nonce', 'abc'],
    ['X-Twice', '1'],
    ['x-twice', '2'],
    ['X-Empty', ''],
  ],
} as const;

describe('a header that must come once', () => {
  it('is found whatever its case', () => expect(singleHeader(message, 'wallet-nonce')).toBe('abc'));

  it('is not there when absent, empty or repeated', () => {
    for (const name of ['x-none', 'x-empty', 'X-Twice']) expect(singleHeader(message, name)).toBeUndefined();
  });
});
