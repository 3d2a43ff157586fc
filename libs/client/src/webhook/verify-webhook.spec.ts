import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signWebhookForTest } from './sign-webhook-for-test.js';
import { verifyWebhook } from './verify-webhook.js';
import { UntrustedWebhook, type WebhookHeaders } from './webhook-event.js';

const now = new Date('2026-11-23T08:00:00Z');
const secret = sharedSecret();
const body = '{"type":"payment.paid","payment_id":"pay_1","description":"春笋"}';
const headers = signWebhookForTest({ secrets: secret, body, at: now });

function sharedSecret(length = 32): string {
  return `whsec_${randomBytes(length).toString('base64')}`;
}

function keyPair(): { readonly whsk: string; readonly whpk: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const base64 = (jwk: string | undefined): string => Buffer.from(jwk ?? '', 'base64url').toString('base64');
  return {
    whsk: `whsk_${base64(privateKey.export({ format: 'jwk' }).d)}`,
    whpk: `whpk_${base64(publicKey.export({ format: 'jwk' }).x)}`,
  };
}

/** Why it is refused; nothing when it is believed. */
function distrust(message: Partial<Parameters<typeof verifyWebhook>[0]>): string | undefined {
  try {
    verifyWebhook({ secrets: secret, headers, body, now, ...message });
    return undefined;
  } catch (error) {
    if (error instanceof UntrustedWebhook) return error.reason;
    throw error;
  }
}

describe('a webhook of the gateway', () => {
  it('is believed and read', () => {
    expect(verifyWebhook({ secrets: secret, headers, body, now })).toEqual({
      id: 'evt_test',
      sentAt: now,
      type: 'payment.paid',
      payload: JSON.parse(body),
    });
  });

  it('is believed as bytes, with web headers, and with names in capitals', () => {
    const capitals = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
    expect(distrust({ body: Buffer.from(body) })).toBeUndefined();
    expect(distrust({ headers: new Headers(headers) })).toBeUndefined();
    expect(distrust({ headers: capitals })).toBeUndefined();
  });

  it('is the same to the standard’s own library, both ways', () => {
    const theirs = new Webhook(secret);
    const at = new Date();
    const signed = signWebhookForTest({ secrets: secret, body, at });
    expect(theirs.verify(body, signed)).toEqual(JSON.parse(body));
    const signature = theirs.sign('msg_1', now, body);
    const given = { ...headers, 'webhook-id': 'msg_1', 'webhook-signature': signature };
    expect(distrust({ headers: given })).toBeUndefined();
  });

  it('may be signed with ed25519', () => {
    const { whsk, whpk } = keyPair();
    const signed = signWebhookForTest({ secrets: whsk, body, at: now });
    expect(signed['webhook-signature']).toMatch(/^v1a,/);
    expect(distrust({ secrets: whpk, headers: signed })).toBeUndefined();
    expect(distrust({ secrets: keyPair().whpk, headers: signed })).toBe('no_signature_matches');
    expect(distrust({ headers: signed })).toBe('no_signature_matches');
    for (const short of ['v1a,AAAA', `v1a,${headers['webhook-signature'].slice(3)}`])
      expect(distrust({ secrets: whpk, headers: { ...signed, 'webhook-signature': short } })).toBe(
        'no_signature_matches',
      );
  });

  it('is believed during a change of keys: one of several signatures by one of several secrets', () => {
    const [before, after] = [sharedSecret(), sharedSecret()];
    const { whsk, whpk } = keyPair();
    const signed = signWebhookForTest({ secrets: [before, whsk, after], body, at: now });
    for (const secrets of [before, after, whpk, [sharedSecret(), after], [keyPair().whpk, before]])
      expect(distrust({ secrets, headers: signed })).toBeUndefined();
    expect(distrust({ secrets: [sharedSecret(), keyPair().whpk], headers: signed })).toBe('no_signature_matches');
  });

  it('may carry a signature of a version that is not known yet', () => {
    const given = `v9,AAAA ${headers['webhook-signature']}`;
    expect(distrust({ headers: { ...headers, 'webhook-signature': given } })).toBeUndefined();
    expect(distrust({ headers: { ...headers, 'webhook-signature': 'v9,AAAA' } })).toBe('no_signature_matches');
  });
});

describe('what is not one', () => {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

  it.each(names)('is refused without %s', (name) => {
    const { [name]: _, ...rest } = headers;
    expect(distrust({ headers: rest })).toBe('header_missing');
    expect(distrust({ headers: { ...rest, [name]: '' } })).toBe('header_missing');
    expect(distrust({ headers: { ...rest, [name]: undefined } })).toBe('header_missing');
  });

  it.each(names)('is refused when %s came twice, in whichever way a server hands that on', (name) => {
    const { [name]: value } = headers;
    const twice: WebhookHeaders[] = [
      { ...headers, [name]: [value, value] },
      { ...headers, [name.toUpperCase()]: value },
      { ...headers, [name]: `${value}, ${value}` },
      new Headers([...Object.entries(headers), [name, value]]),
    ];
    for (const given of twice) expect(distrust({ headers: given })).toMatch(/^header_(repeated|malformed)$/);
  });

  it.each([
    ['webhook-timestamp', ['x', '-1', '1e9', '1795420800.5', ' 1795420800', '0x6b0', '١٢٣']],
    ['webhook-signature', ['v1', 'v1,', ',abc', 'v1,a b', 'v1,**', ' ', `${'v1,AAAA '.repeat(17)}v1,AAAA`]],
    ['webhook-id', ['evt.1', 'a b', 'x'.repeat(256), 'é']],
  ])('is refused with a malformed %s', (name, values) => {
    for (const value of values)
      expect(distrust({ headers: { ...headers, [name]: value } }), value).toBe('header_malformed');
  });

  it('is refused five minutes off, in the past and in the future', () => {
    const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);
    expect([-300, 300].map((seconds) => distrust({ now: at(seconds) }))).toEqual([undefined, undefined]);
    expect(distrust({ now: at(301) })).toBe('too_old');
    expect(distrust({ now: at(-301) })).toBe('too_new');
    expect(distrust({ now: at(11), toleranceS: 10 })).toBe('too_old');
  });

  it('never passes for want of a clock or a tolerance', () => {
    expect(distrust({ now: new Date(Number.NaN) })).toBe('too_old');
    for (const toleranceS of [Number.NaN, Number.POSITIVE_INFINITY, 0, -1])
      expect(() => verifyWebhook({ secrets: secret, headers, body, now, toleranceS })).toThrow(TypeError);
  });

  it('is refused when it is signed and cannot be read', () => {
    for (const text of ['', 'x', '[]', 'null', '{}', '{"type":1}', Buffer.from([0x7b, 0xff])]) {
      const signed = signWebhookForTest({ secrets: secret, body: text, at: now });
      expect(distrust({ headers: signed, body: text })).toBe('body_unreadable');
    }
  });

  it('is refused for any change of any byte, of the body, the id or the time', () => {
    fc.assert(
      fc.property(fc.nat(Buffer.byteLength(body) - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(body);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(distrust({ body: changed })).toBe('no_signature_matches');
      }),
    );
    expect(distrust({ headers: { ...headers, 'webhook-id': 'evt_other' } })).toBe('no_signature_matches');
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(distrust({ headers: { ...headers, 'webhook-timestamp': later } })).toBe('no_signature_matches');
  });

  it('is whatever was signed with another secret', () => {
    const base64 = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((it) => `whsec_${Buffer.from(it).toString('base64')}`);
    fc.assert(
      fc.property(base64, base64, fc.json(), (ours, theirs, text) => {
        const typed = JSON.stringify({ type: 'payment.paid', text });
        const signed = signWebhookForTest({ secrets: ours, body: typed, at: now });
        expect(distrust({ secrets: ours, headers: signed, body: typed })).toBeUndefined();
        fc.pre(ours !== theirs);
        expect(distrust({ secrets: theirs, headers: signed, body: typed })).toBe('no_signature_matches');
      }),
    );
  });
});

describe('a mistake of the receiver', () => {
  it('in a secret is told without repeating it', () => {
    for (const secrets of [
      '',
      'whsec_',
      'whsec_c2hvcnQ=',
      sharedSecret(65),
      'whpk_AAAA',
      keyPair().whsk,
      [secret, 'x'],
    ]) {
      const wrong = [secrets].flat().at(-1) ?? '';
      const complaint = complaintOf(() => verifyWebhook({ secrets, headers, body, now }));
      expect(complaint).toContain('whsec_ with 24 to 64 bytes');
      expect(wrong.length < 8 || !complaint.includes(wrong)).toBe(true);
    }
    expect(() => verifyWebhook({ secrets: [], headers, body, now })).toThrow(TypeError);
  });

  it('in handing over a parsed body is told as such', () => {
    const parsed = JSON.parse(body) as never;
    expect(() => verifyWebhook({ secrets: secret, headers, body: parsed, now })).toThrow(/raw body/);
  });
});

function complaintOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return String(error);
  }
}
