import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../ids.js';
import { readScanCodeToken, scanCodeToken } from './scan-code-token.js';

const keyed = (key: string) => ({
  fingerprint: (text: string) => createHmac('sha256', key).update(text).digest('hex'),
});

const ours = keyed('ours');
const letters = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

const ALNUM = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const attemptId = letters(ALNUM, 26).map((rest) => `att_${rest}`);

describe('the token of a code', () => {
  it('names its attempt, and only that', () => {
    fc.assert(
      fc.property(attemptId, (id) => {
        expect(readScanCodeToken(ours, scanCodeToken(ours, id))).toBe(id);
      }),
    );
  });

  it('fits the ids that attempts really have, and stays short enough for a code that is easy to scan', () => {
    const id = newId('att');
    const token = scanCodeToken(ours, id);
    expect(readScanCodeToken(ours, token)).toBe(id);
    expect(token).toMatch(/^[\w-]{48}$/);
  });

  it('carries 128 bits that nobody without the key can guess', () => {
    const macs = Array.from({ length: 500 }, () =>
      Buffer.from(scanCodeToken(ours, newId('att')).slice(26), 'base64url'),
    );
    for (const mac of macs) expect(mac).toHaveLength(16);
    // Every one of the 128 bits is set in about half of them: none is constant, in 500 draws by a chance of 2^-490.
    for (let bit = 0; bit < 128; bit += 1) {
      const set = macs.filter((mac) => ((mac[bit >> 3] ?? 0) >> (bit & 7)) & 1).length;
      expect(set).toBeGreaterThan(150);
      expect(set).toBeLessThan(350);
    }
  });

  it('of another key, of another purpose, or of another attempt is not ours', () => {
    fc.assert(
      fc.property(attemptId, attemptId, (id, other) => {
        fc.pre(id !== other);
        const token = scanCodeToken(ours, id);
        expect(readScanCodeToken(keyed('theirs'), token)).toBeUndefined();
        expect(readScanCodeToken(ours, other.slice(4) + token.slice(26))).toBeUndefined();
        const otherPurpose = Buffer.from(ours.fingerprint(JSON.stringify(['pay_1', id])), 'hex').subarray(0, 16);
        expect(readScanCodeToken(ours, id.slice(4) + otherPurpose.toString('base64url'))).toBeUndefined();
      }),
    );
  });

  it('is refused with any one letter changed, the spare bits of its last one included', () => {
    const alphabet = `${ALNUM}-_`;
    fc.assert(
      fc.property(attemptId, fc.nat(47), fc.constantFrom(...alphabet), (id, at, letter) => {
        const token = scanCodeToken(ours, id);
        fc.pre(token[at] !== letter);
        expect(readScanCodeToken(ours, token.slice(0, at) + letter + token.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused as any other text, which is not even hashed when it cannot be one', () => {
    const never = {
      fingerprint: (): string => {
        throw new Error('A text that is no token was hashed.');
      },
    };
    const isShaped = (text: string): boolean => /^[0-9A-Za-z]{26}[\w-]{22}$/.test(text) && text.length === 48;
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }).filter((text) => !isShaped(text)),
        (text) => {
          expect(readScanCodeToken(never, text)).toBeUndefined();
        },
      ),
    );
    const token = scanCodeToken(ours, newId('att'));
    for (const text of [`${token}\n`, ` ${token}`, token.slice(1), `${token}A`, 'A'.repeat(100_000)])
      expect(readScanCodeToken(never, text)).toBeUndefined();
  });
});
