import type { FailingMessage } from '@hutong/payment-port';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { ALIPAY_KEYS, CERTIFICATE_SETTINGS, NOW, SETTINGS, signedBy } from './testing/fake-alipay.js';

const sign = encodeURIComponent(signedBy(ALIPAY_KEYS.privatePem, 'app_id=1'));
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
const form = fc
  .array(fc.tuple(fc.constantFrom('app_id', 'sign', 'sign_type', 'biz_content', 'charset', 'method', 'x'), text))
  .map((pairs) => `${pairs.map(([name, value]) => `${name}=${value}`).join('&')}&sign=${sign}`);
const answer = fc.json().map((json) => `{"alipay_x_response":${json},"sign":"${decodeURIComponent(sign)}"}`);

/** Anything that may stand on the line, much of it with a signature that Alipay made over something else. */
const messages: fc.Arbitrary<FailingMessage> = fc.record({
  kind: fc.constantFrom('request', 'answer', 'notification'),
  target: text,
  headers: fc.constant([]),
  body: fc.oneof(text, form, answer).map((body) => Buffer.from(body)),
});

describe('diagnostics on whatever arrives', () => {
  it('answer something, never throw, and never call a broken message right', () => {
    const settings = fc.tuple(
      fc.constantFrom<Readonly<Record<string, unknown>>>(SETTINGS, CERTIFICATE_SETTINGS, {}),
      fc.dictionary(fc.string(), fc.jsonValue()),
    );
    fc.assert(
      fc.property(messages, settings, (message, [account, more]) => {
        const diagnosis = alipay.diagnostics?.diagnose(message, { ...more, ...account }, NOW);
        expect(diagnosis?.holds).toBe(false);
        expect(diagnosis?.findings).not.toEqual([]);
      }),
    );
  });
});
