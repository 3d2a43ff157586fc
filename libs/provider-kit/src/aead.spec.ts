import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aesKey, openAead } from './aead.js';

const KEY = '0123456789abcdefghijklmnopqrstuv';
const nonce = '61f9c719728a';
const associatedData = 'transaction';

function seal(text: string): string {
  const cipher = createCipheriv('aes-256-gcm', KEY, nonce);
  cipher.setAAD(Buffer.from(associatedData));
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

const ciphertext = seal('{"番茄":1}');
const sealed = { nonce, associatedData, ciphertext };

function flipped(index: number): string {
  const bytes = Buffer.from(ciphertext, 'base64');
  const at = index < 0 ? bytes.length + index : index;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
}

describe('an AEAD message', () => {
  it('opens with its key, nonce and associated data', () => {
    expect(openAead(aesKey(KEY), sealed).toString()).toBe('{"番茄":1}');
    expect(openAead(aesKey(KEY), { ...sealed, ciphertext: seal('') }).toString()).toBe('');
  });

  it.each([
    ['another key', { ...sealed }, 'vutsrqponmlkjihgfedcba9876543210'],
    ['another nonce', { ...sealed, nonce: '61f9c719728b' }, KEY],
    ['other associated data', { ...sealed, associatedData: 'refund' }, KEY],
    ['a flipped byte', { ...sealed, ciphertext: flipped(0) }, KEY],
    ['a flipped tag', { ...sealed, ciphertext: flipped(-1) }, KEY],
    [
      'a missing byte of the tag',
      { ...sealed, ciphertext: Buffer.from(ciphertext, 'base64').subarray(0, -1).toString('base64') },
      KEY,
    ],
  ])('does not open with %s', (_what, message, key) => {
    expect(() => openAead(aesKey(key), message)).toThrow(/authenticate data/);
  });

  it('refuses a nonce that is not 12 bytes and a ciphertext shorter than its tag', () => {
    expect(() => openAead(aesKey(KEY), { ...sealed, nonce: 'short' })).toThrow(/12 bytes/);
    expect(() => openAead(aesKey(KEY), { ...sealed, ciphertext: 'AAAA' })).toThrow(/shorter than its tag/);
  });

  it.each(['', KEY.slice(1), `${KEY}x`, '鲜'.repeat(32)])('takes %j for no key', (text) => {
    expect(() => aesKey(text)).toThrow(/32 bytes/);
  });
});
