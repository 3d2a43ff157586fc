import { InvalidAccountConfig } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { APP_KEYS, SETTINGS } from './testing/fake-alipay.js';

function refusals(settings: Readonly<Record<string, unknown>>): readonly { pointer: string; message: string }[] {
  try {
    alipay.readSettings({ ...SETTINGS, ...settings });
    return [];
  } catch (error) {
    if (error instanceof InvalidAccountConfig) return error.errors;
    throw error;
  }
}

describe("an Alipay account's settings", () => {
  it("fill in Alipay's gateway", () => {
    const { gateway_url, ...others } = SETTINGS;
    expect(gateway_url).toBe(SETTINGS.gateway_url);
    expect(alipay.readSettings(others)).toMatchObject({ gateway_url: 'https://openapi.alipay.com/gateway.do' });
  });

  it("refuse the app's own public key in Alipay's slot, and say which one to paste", () => {
    expect(refusals({ alipay_public_key: APP_KEYS.publicPem })).toEqual([
      { pointer: '/alipay_public_key', message: expect.stringContaining('支付宝公钥') },
    ]);
  });

  it('recognise the own key in the bare base64 that the console hands out', () => {
    const bare = APP_KEYS.publicPem.replace(/-----.*?-----|\s/g, '');
    expect(refusals({ alipay_public_key: bare }).map(({ pointer }) => pointer)).toEqual(['/alipay_public_key']);
  });

  it('refuse a private key where a public one belongs, without repeating it', () => {
    const said = JSON.stringify(refusals({ alipay_public_key: APP_KEYS.privatePem }));
    expect(said).toContain('/alipay_public_key');
    expect(said).not.toContain(APP_KEYS.privatePem.split('\n')[1]);
  });

  it.each([
    ['app_id', '20210000'],
    ['app_id', 2021000000000001],
    ['seller_id', '1088000000000001'],
    ['private_key', 'MIIB'],
    ['alipay_public_key', 'MIIB'],
    ['gateway_url', 'ftp://openapi.alipay.com/gateway.do'],
    ['gateway_url', 'http://openapi.alipay.com/gateway.do'],
    ['gateway_url', 'http://127.0.0.1.example.com/gateway.do'],
    ['gateway_url', 'https://user:pass@openapi.alipay.com/gateway.do'],
    ['gateway_url', 'https://openapi.alipay.com/gateway.do?charset=gbk'],
    ['gateway_url', 'openapi.alipay.com'],
  ])('refuse %s %j by pointer', (field, value) => {
    expect(refusals({ [field]: value }).map(({ pointer }) => pointer)).toContain(`/${field}`);
  });

  it.each([
    'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
    'http://127.0.0.1:4000/gateway.do',
    'http://localhost:4000/gateway.do',
    'http://[::1]:4000/gateway.do',
  ])('take the gateway %s', (gateway_url) => {
    expect(refusals({ gateway_url })).toEqual([]);
  });

  it('seal the private key and nothing else', () => {
    expect(alipay.secretFields).toEqual(['private_key']);
  });

  it('come out of a sandbox account, pointed at the sandbox', () => {
    const { gateway_url, ...account } = SETTINGS;
    const listed = { ...account, name: 'sandbox', sign_mode: 'key', app_public_key: APP_KEYS.publicPem };
    expect(gateway_url).not.toContain('127.0.0.1');
    expect(alipay.fromSandbox(listed, 'http://127.0.0.1:4000')).toEqual({
      ...account,
      gateway_url: 'http://127.0.0.1:4000/gateway.do',
    });
  });
});
