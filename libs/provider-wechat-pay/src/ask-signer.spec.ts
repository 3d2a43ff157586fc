import { UntrustedMessage } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { bare, impostor, Line, platform, publicKey, publicKeySettings, settings, signed } from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

const NO_SUCH_ORDER = { code: 'ORDER_NOT_EXIST', message: '订单不存在' };
const ask = (line: Line) => wechatPay.connect(settings(publicKeySettings(publicKey)), line.tools).askSigner?.();

describe('asking who signs', () => {
  it.each([
    ['certificate', platform],
    ['public_key', publicKey],
  ])('answers the %s that signed "no such order"', async (kind, by) => {
    const line = new Line(signed(404, NO_SUCH_ORDER, { by }));
    expect(await ask(line)).toEqual({ kind, name: by.serial });
    expect(line.last).toMatchObject({ method: 'GET', body: '' });
  });

  it('believes nothing that does not verify', async () => {
    const forged = new Line(signed(404, NO_SUCH_ORDER, { by: impostor }));
    await expect(ask(forged)).rejects.toBeInstanceOf(UntrustedMessage);
    await expect(ask(new Line(bare(404, NO_SUCH_ORDER)))).rejects.toBeInstanceOf(UntrustedMessage);
  });

  it('says that the credentials are refused, where they are', async () => {
    const refused = new Line(bare(401, { code: 'SIGN_ERROR', message: '签名错误' }));
    await expect(ask(refused)).rejects.toMatchObject({ reason: 'invalid_configuration' });
  });
});
