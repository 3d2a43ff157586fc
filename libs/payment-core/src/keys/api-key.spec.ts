import { describe, expect, it } from 'vitest';
import { hashKey, isKeyOfKind, keyPrefix, mintKey } from './api-key.js';

describe('an API key', () => {
  it('carries its kind, and is told from the other kind', () => {
    expect(isKeyOfKind(mintKey('hk_test_'), 'app')).toBe(true);
    expect(isKeyOfKind(mintKey('hk_live_'), 'app')).toBe(true);
    expect(isKeyOfKind(mintKey('hk_test_'), 'admin')).toBe(false);
    expect(isKeyOfKind(mintKey('ha_'), 'admin')).toBe(true);
    expect(isKeyOfKind(mintKey('ha_'), 'app')).toBe(false);
  });

  it('is refused with any one letter changed', () => {
    const key = mintKey('hk_test_');
    for (let at = 0; at < key.length; at += 1) {
      const other = key[at] === 'a' ? 'b' : 'a';
      expect(isKeyOfKind(key.slice(0, at) + other + key.slice(at + 1), 'app'), `letter ${at}`).toBe(false);
    }
  });

  it('is never minted twice, and shows too little of itself to be used', () => {
    const keys = Array.from({ length: 200 }, () => mintKey('ha_'));
    expect(new Set(keys).size).toBe(200);
    expect(keyPrefix(keys[0]!).length).toBeLessThan(10);
    expect(hashKey(keys[0]!)).toMatch(/^[0-9a-f]{64}$/);
  });
});
