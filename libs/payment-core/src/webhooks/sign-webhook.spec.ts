import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { webhookHeaders } from './sign-webhook.js';
import { mintSigningKey } from './signing-keys.js';

const now = () => new Date();
const key = mintSigningKey(now());

/** What a receiver does with the published `whpk_` key: 32 raw bytes, prefixed into an SPKI. */
function ed25519Holds(headers: Record<string, string>, body: string, publicKey: string): boolean {
  const raw = Buffer.from(publicKey.slice('whpk_'.length), 'base64');
  expect(raw).toHaveLength(32);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  return headers['webhook-signature']!.split(' ')
    .filter((entry) => entry.startsWith('v1a,'))
    .some((entry) =>
      verify(
        null,
        content,
        createPublicKey({ key: spki, format: 'der', type: 'spki' }),
        Buffer.from(entry.slice(4), 'base64'),
      ),
    );
}

describe('a signed message', () => {
  it('verifies with the Standard Webhooks library and with ed25519, whatever is in it; tampered it does not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (text, other) => {
        const body = JSON.stringify({ text });
        const headers = webhookHeaders({ id: 'evt_1', at: now(), body }, [key]);
        expect(new Webhook(key.secret).verify(body, headers)).toEqual({ text });
        expect(ed25519Holds(headers, body, key.publicKey)).toBe(true);
        expect(() => new Webhook(key.secret).verify(body + other, headers)).toThrow('No matching signature found');
        expect(ed25519Holds(headers, body + other, key.publicKey)).toBe(false);
        const forged = { ...headers, 'webhook-id': 'evt_2' };
        expect(() => new Webhook(key.secret).verify(body, forged)).toThrow('No matching signature found');
        expect(ed25519Holds(forged, body, key.publicKey)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it('carries two entries per key, so that either key of an overlap verifies', () => {
    const old = mintSigningKey(now());
    const headers = webhookHeaders({ id: 'evt_1', at: now(), body: '{}' }, [key, old]);
    expect(headers['webhook-signature']!.split(' ').map((entry) => entry.split(',')[0])).toEqual([
      'v1',
      'v1a',
      'v1',
      'v1a',
    ]);
    for (const { secret, publicKey } of [key, old]) {
      expect(new Webhook(secret).verify('{}', headers)).toEqual({});
      expect(ed25519Holds(headers, '{}', publicKey)).toBe(true);
    }
    const stranger = mintSigningKey(now());
    expect(() => new Webhook(stranger.secret).verify('{}', headers)).toThrow('No matching signature found');
    expect(ed25519Holds(headers, '{}', stranger.publicKey)).toBe(false);
  });

  it('says when this attempt was made, in seconds', () => {
    const headers = webhookHeaders({ id: 'evt_1', at: new Date('2026-03-01T08:00:00.999Z'), body: '{}' }, [key]);
    expect(headers['webhook-timestamp']).toBe('1772352000');
  });
});

describe('a fresh key', () => {
  it('has a secret of 32 bytes that nobody had before', () => {
    const secrets = Array.from({ length: 20 }, () => mintSigningKey(now()).secret);
    expect(new Set(secrets).size).toBe(20);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    }
  });
});
