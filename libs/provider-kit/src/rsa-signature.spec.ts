import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rsaSign, rsaVerify } from './rsa-signature.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const signature = await rsaSign(privateKey, '番茄\n');

describe('an RSA signature', () => {
  it('holds for what was signed, as text or as bytes', () => {
    expect(rsaVerify(publicKey, '番茄\n', signature)).toBe(true);
    expect(rsaVerify(publicKey, Buffer.from('番茄\n'), signature)).toBe(true);
  });

  it('holds for nothing else, and for nobody else', () => {
    expect(rsaVerify(publicKey, '番茄', signature)).toBe(false);
    expect(rsaVerify(stranger.publicKey, '番茄\n', signature)).toBe(false);
  });

  it('rejects a promise when the key cannot sign', async () => {
    await expect(rsaSign(publicKey, 'x')).rejects.toThrow(/key/i);
  });

  it("does not hold, and does not throw, for WeChat Pay's 355-character probe", () => {
    const probe = `WECHATPAY/SIGNTEST/${randomBytes(250).toString('base64')}`;
    expect(probe).toHaveLength(355);
    expect(rsaVerify(publicKey, '番茄\n', probe)).toBe(false);
    expect(rsaVerify(publicKey, '番茄\n', `WECHATPAY/SIGNTEST/${signature}`)).toBe(false);
  });

  it.each([
    ['with white space', ` ${signature}`],
    ['with a line break', `${signature.slice(0, 64)}\n${signature.slice(64)}`],
    ['without its padding', signature.replace(/=+$/, '')],
    ['in the URL alphabet', signature.replaceAll('+', '-').replaceAll('/', '_').replace(/=*$/, '_===')],
    ['with something after it', `${signature}AAAA`],
    ['with rubbish after its padding', `${signature}!`],
    ['of no length', ''],
    ['of great length', 'A'.repeat(4_096)],
  ])('does not hold %s', (_how, text) => {
    expect(rsaVerify(publicKey, '番茄\n', text)).toBe(false);
  });

  it('does not hold under a key that is not for RSA', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(rsaVerify(ec.publicKey, '番茄\n', signature)).toBe(false);
  });
});
