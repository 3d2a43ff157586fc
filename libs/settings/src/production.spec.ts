import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { refuseUnfit, unfitForProduction } from './production.js';
import { readSettings } from './settings.js';

const KEY = randomBytes(32);
const PRODUCTION = { production: true, publicUrl: 'https://pay.example.com', verifiesCertificates: true };

describe('production', () => {
  it('is not served where certificates are not verified', () => {
    const { verifiesCertificates } = readSettings({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    const [reason, ...more] = unfitForProduction({ ...PRODUCTION, verifiesCertificates }, KEY);
    expect(reason).toMatch(/^NODE_TLS_REJECT_UNAUTHORIZED=0 .*NODE_EXTRA_CA_CERTS/);
    expect(more).toEqual([]);
    expect(readSettings({}).verifiesCertificates).toBe(true);
  });

  it('takes an https address and a random key', () => {
    expect(unfitForProduction(PRODUCTION, KEY)).toEqual([]);
    expect(() => refuseUnfit([])).not.toThrow();
  });

  it('refuses a plain http address by name', () => {
    const reasons = unfitForProduction({ ...PRODUCTION, publicUrl: 'http://pay.example.com' }, KEY);
    expect(reasons).toEqual([expect.stringMatching(/^HUTONG_PUBLIC_URL is http:/)]);
  });

  it.each([
    ['zeros', Buffer.alloc(32)],
    ['one value', Buffer.alloc(32, 7)],
    ['a few letters', Buffer.from('abcdabcdabcdabcdabcdabcdabcdabcd')],
  ])('refuses a master key of %s, and does not repeat it', (_, key) => {
    const [reason] = unfitForProduction(PRODUCTION, key);
    expect(reason).toMatch(/^HUTONG_MASTER_KEY is no random key/);
    expect(reason).not.toContain(key.toString('base64'));
  });

  it('takes the keys that its own advice makes', () => {
    const weak = Array.from({ length: 2_000 }, () => unfitForProduction(PRODUCTION, randomBytes(32))).flat();
    expect(weak).toEqual([]);
  });

  it('says everything at once', () => {
    expect(() => refuseUnfit(unfitForProduction({ ...PRODUCTION, publicUrl: 'http://a' }, Buffer.alloc(32)))).toThrow(
      /HUTONG_PUBLIC_URL[\s\S]*HUTONG_MASTER_KEY/,
    );
  });

  it('asks nothing of development', () => {
    expect(
      unfitForProduction(
        { production: false, publicUrl: 'http://127.0.0.1:3000', verifiesCertificates: false },
        Buffer.alloc(32),
      ),
    ).toEqual([]);
  });
});
