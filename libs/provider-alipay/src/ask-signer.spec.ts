import { UntrustedMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import {
  ALIPAY_CERT,
  CERTIFICATE_SETTINGS,
  FakeAlipay,
  SETTINGS,
  signedAnswer,
  STRANGER_KEYS,
  type Reply,
} from './testing/fake-alipay.js';

const NO_SUCH_TRADE = { code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' };

const ask = (settings: unknown, reply: Reply) =>
  alipay.connect(settings, new FakeAlipay({ 'trade.query': reply }).tools).askSigner?.();

describe('asking who signs', () => {
  it("names the certificate that signed, or in key mode the setting that holds Alipay's key", async () => {
    expect(await ask(CERTIFICATE_SETTINGS, NO_SUCH_TRADE)).toEqual({ kind: 'certificate', name: ALIPAY_CERT.sn });
    expect(await ask(SETTINGS, NO_SUCH_TRADE)).toEqual({ kind: 'public_key', name: 'alipay_public_key' });
  });

  it('believes nothing that does not verify', async () => {
    const forged = signedAnswer('alipay.trade.query', JSON.stringify(NO_SUCH_TRADE), STRANGER_KEYS.privatePem);
    await expect(ask(SETTINGS, { raw: forged })).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('says that the account is refused, where it is', async () => {
    const unknown = { code: '40002', sub_code: 'isv.invalid-signature' };
    await expect(ask(SETTINGS, unknown)).rejects.toMatchObject({ reason: 'invalid_configuration' });
    await expect(ask(SETTINGS, { code: '20000', sub_code: 'aop.unknow-error' })).rejects.toMatchObject({
      name: 'OutcomeUnknown',
    });
  });
});
