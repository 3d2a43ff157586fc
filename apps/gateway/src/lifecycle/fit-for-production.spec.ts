import { generateKeyPairSync } from 'node:crypto';
import type { Account, Stores } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { unfitAccounts } from './fit-for-production.js';

const PRODUCTION = { production: true, sandboxPublicUrl: 'https://sandbox.example.com' };

function rsa(modulusLength: number): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

function reasonsAgainst(settings: Account['settings'], about = PRODUCTION): Promise<readonly string[]> {
  const account = {
    id: 'acc_1',
    app: 'shop',
    provider: 'alipay',
    ref: 'main',
    version: 1,
    settings,
    createdAt: new Date(0),
  };
  const config = { listApps: async () => [{ id: 'shop' }], listAccounts: async () => [account] };
  return unfitAccounts({ config } as unknown as Stores, about);
}

describe('an account in production', () => {
  it('may have a strong key and an address of its own over https', async () => {
    const { privateKey, publicKey } = rsa(2048);
    const settings = { base_url: 'https://openapi.alipay.com', private_key: privateKey, key: publicKey, n: 1 };
    expect(await reasonsAgainst(settings)).toEqual([]);
  });

  it.each([
    'http://openapi.alipay.com',
    'https://127.0.0.1:4000',
    'https://localhost',
    'https://sandbox.example.com/v3',
  ])('is refused with the address %s', async (base_url) => {
    expect(await reasonsAgainst({ base_url })).toEqual([
      expect.stringMatching(/^Account alipay\/main of shop \(acc_1\) has base_url https?:/),
    ]);
  });

  it('is refused with an RSA key that is too short, private or public, and the key is not repeated', async () => {
    const { privateKey, publicKey } = rsa(1024);
    const reasons = await reasonsAgainst({ private_key: privateKey, alipay_public_key: publicKey });
    expect(reasons).toHaveLength(2);
    expect(reasons.join()).toMatch(/fewer than 2048 bits in private_key/);
    expect(reasons.join()).not.toContain('BEGIN');
  });

  it('is left alone elsewhere', async () => {
    expect(await reasonsAgainst({ base_url: 'http://127.0.0.1' }, { ...PRODUCTION, production: false })).toEqual([]);
  });
});
