import { describe, expect, it } from 'vitest';
import { notificationStringToSign, requestBytesToSign } from './string-to-sign.js';

describe('the string to sign', () => {
  it('sorts by ASCII, keeps sign_type, drops sign and blanks', () => {
    const raw = new Map([
      ['version', '1.0'],
      ['sign', 'x'],
      ['a_b', '1'],
      ['B', '2'],
      ['sign_type', 'RSA2'],
      ['blank', ' '],
      ['none', ''],
    ]);
    expect(requestBytesToSign(raw).toString()).toBe('B=2&a_b=1&sign_type=RSA2&version=1.0');
  });

  it('covers the bytes as they were sent, whatever their charset', () => {
    const gbk = Buffer.from([0xcc, 0xd4]).toString('latin1');
    expect([...requestBytesToSign(new Map([['s', gbk]]))]).toEqual([0x73, 0x3d, 0xcc, 0xd4]);
  });

  it('leaves sign_type out of notifications', () => {
    expect(notificationStringToSign({ sign_type: 'RSA2', sign: 'x', b: '2', a: '1' })).toBe('a=1&b=2');
  });
});
