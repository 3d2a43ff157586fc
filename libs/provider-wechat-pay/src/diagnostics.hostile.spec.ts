import type { FailingMessage } from '@hutong/payment-port';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW, merchant, platform, settings, signatureHeaders } from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const names = [
  'Wechatpay-Timestamp',
  'Wechatpay-Nonce',
  'Wechatpay-Signature',
  'Wechatpay-Serial',
  'Authorization',
  'Host',
];
const value = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(platform.serial), fc.base64String());
const authorization = fc
  .tuple(value, value, value)
  .map(
    ([nonce, at, sign]) =>
      `WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="${nonce}",timestamp="${at}",serial_no="${merchant.serial}",signature="${sign}"`,
  );

/** Anything that may stand on the line. */
const messages: fc.Arbitrary<FailingMessage> = fc.record({
  kind: fc.constantFrom('request', 'answer', 'notification'),
  method: fc.string(),
  target: fc.string(),
  headers: fc.array(fc.tuple(fc.constantFrom(...names), fc.oneof(value, authorization))),
  body: fc.oneof(
    fc.uint8Array(),
    fc.json().map((text) => Buffer.from(text)),
  ),
});

describe('diagnostics on whatever arrives', () => {
  it('answer something, never throw, and never call a broken message right', () => {
    fc.assert(
      fc.property(messages, fc.dictionary(fc.string(), fc.jsonValue()), (message, more) => {
        const diagnosis = wechatPay.diagnostics?.diagnose(message, settings(more), NOW);
        expect(diagnosis?.holds).toBe(false);
        expect(diagnosis?.findings).not.toEqual([]);
      }),
    );
  });

  it('find something in every body that is not the signed one', () => {
    const headers = Object.entries(signatureHeaders('{"a":[1,2]}'));
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        const diagnosis = wechatPay.diagnostics?.diagnose({ kind: 'answer', headers, body }, settings(), NOW);
        expect(diagnosis?.holds).toBe(false);
      }),
    );
  });
});
