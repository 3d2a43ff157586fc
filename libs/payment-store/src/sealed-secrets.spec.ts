import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, SealBroken, unseal } from './sealed-secrets.js';

const key = randomBytes(32);
const row = 'account:acc_1:1';
const secrets = { private_key: '-----BEGIN CANARY-----', api_v3_key: '钥匙' };

/** What opening it throws, or "it opened". */
function failure(open: () => unknown): unknown {
  try {
    open();
    return 'it opened';
  } catch (error) {
    return error;
  }
}

describe('sealed secrets', () => {
  it('open for the row they were sealed for', () => {
    expect(unseal(key, row, seal(key, row, secrets))).toEqual(secrets);
  });

  it('look different every time and show nothing', () => {
    const [a, b] = [seal(key, row, secrets), seal(key, row, secrets)];
    expect(a.equals(b)).toBe(false);
    expect(a.toString('latin1')).not.toContain('CANARY');
  });

  it.each([
    ['another row', () => unseal(key, 'account:acc_2:1', seal(key, row, secrets))],
    ['another version', () => unseal(key, 'account:acc_1:11', seal(key, row, secrets))],
    ['another master key', () => unseal(randomBytes(32), row, seal(key, row, secrets))],
    ['no bytes at all', () => unseal(key, row, new Uint8Array())],
    ['a tag cut short', () => unseal(key, row, seal(key, row, secrets).subarray(0, -1))],
  ])('do not open for %s', (_, open) => {
    expect(open).toThrow(SealBroken);
    expect(open).toThrow(/HUTONG_MASTER_KEY/);
  });

  it('do not open when any one byte is flipped, and the error says nothing of what was in it', () => {
    const sealed = seal(key, row, secrets);
    for (const index of sealed.keys()) {
      const flipped = Buffer.from(sealed);
      flipped[index] = flipped[index]! ^ 1;
      const error = failure(() => unseal(key, row, flipped)) as SealBroken;
      expect(error).toBeInstanceOf(SealBroken);
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('CANARY');
      expect(error.cause).toBeUndefined();
    }
  });
});
