import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyedFingerprint } from './keyed-fingerprint.js';

const masterKey = randomBytes(32);
const code = '130061098828009406';

describe('a fingerprint', () => {
  it('is the same in every process that has the master key', () => {
    expect(keyedFingerprint(masterKey)(code)).toBe(keyedFingerprint(Buffer.from(masterKey))(code));
  });

  it('is another for another text, and under another master key', () => {
    const fingerprint = keyedFingerprint(masterKey);
    const all = [fingerprint(code), fingerprint(`${code}0`), fingerprint(''), keyedFingerprint(randomBytes(32))(code)];
    expect(new Set(all).size).toBe(4);
  });

  it('is nothing that can be tried without the key, nor made with the master key as it is', () => {
    const fingerprint = keyedFingerprint(masterKey)(code);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint).not.toBe(createHash('sha256').update(code).digest('hex'));
    expect(fingerprint).not.toBe(createHmac('sha256', masterKey).update(code).digest('hex'));
  });
});
