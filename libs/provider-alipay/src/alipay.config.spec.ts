import { InvalidAccountConfig } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { alipay } from './alipay.js';
import { newCertificate, newEllipticRoot } from './testing/certificates.js';
import { APP_KEYS, CERTIFICATE_SETTINGS, ROOT_CERT, SETTINGS, STRANGER_KEYS } from './testing/fake-alipay.js';

type Settings = Readonly<Record<string, unknown>>;

function refusals(change: Settings, settings: Settings = SETTINGS): readonly { pointer: string; message: string }[] {
  try {
    alipay.readSettings({ ...settings, ...change });
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

  it('come out of a sandbox account in its own signing mode', () => {
    const listed = { ...SETTINGS, ...CERTIFICATE_SETTINGS, gateway_url: undefined, app_public_key: APP_KEYS.publicPem };
    const gateway_url = 'http://127.0.0.1:4000/gateway.do';
    const settings = (sign_mode: string) => alipay.fromSandbox({ ...listed, sign_mode }, 'http://127.0.0.1:4000');
    expect(settings('certificate')).toEqual({ ...CERTIFICATE_SETTINGS, gateway_url });
    expect(settings('key')).toEqual({ ...SETTINGS, gateway_url });
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

describe("an Alipay account's settings in certificate mode", () => {
  const refused = (change: Settings) => refusals(change, CERTIFICATE_SETTINGS);
  const pointers = (change: Settings) => new Set(refused(change).map(({ pointer }) => pointer));

  it('need no public key beside the certificates', () => {
    expect(refused({})).toEqual([]);
  });

  it('are refused beside a key: an APPID is in one mode', () => {
    expect(refused({ alipay_public_key: SETTINGS.alipay_public_key })).toEqual([
      { pointer: '/alipay_public_key', message: expect.stringContaining('key mode') },
    ]);
  });

  it.each(['app_cert', 'alipay_cert', 'root_cert'])('need %s with the other two, readable', (field) => {
    for (const value of [undefined, null, '', 'MIIB', SETTINGS.alipay_public_key, APP_KEYS.privatePem]) {
      expect(pointers({ [field]: value }), String(value)).toEqual(new Set([`/${field}`]));
    }
  });

  it('ask for the other two when one is added to a key', () => {
    const { app_cert } = CERTIFICATE_SETTINGS;
    expect(refusals({ app_cert }).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/alipay_public_key', '/alipay_cert', '/root_cert']),
    );
  });

  it('refuse an app certificate of another key than private_key, and say which one to paste', async () => {
    const { pem } = await newCertificate('0a', STRANGER_KEYS.privatePem);
    expect(refused({ app_cert: pem })).toEqual([
      { pointer: '/app_cert', message: expect.stringContaining('应用公钥证书') },
    ]);
    expect(pointers({ private_key: STRANGER_KEYS.privatePem })).toEqual(new Set(['/app_cert']));
  });

  it("refuse the app's own certificate in Alipay's slot", () => {
    expect(refused({ alipay_cert: CERTIFICATE_SETTINGS.app_cert })).toEqual([
      { pointer: '/alipay_cert', message: expect.stringContaining('支付宝公钥证书') },
    ]);
  });

  it('refuse a root bundle that is broken or has no root of RSA', async () => {
    const elliptic = await newEllipticRoot('0b');
    const broken = ROOT_CERT.pem.replace(/\nMII./, '\nAAAA');
    expect(refused({ root_cert: `${elliptic.pem}${ROOT_CERT.pem}` })).toEqual([]);
    for (const root_cert of [elliptic.pem, broken, `${ROOT_CERT.pem}${broken}`]) {
      expect(pointers({ root_cert })).toEqual(new Set(['/root_cert']));
    }
  });

  it('are taken with certificates that have ended: what they verify is still worth reading', async () => {
    const ended = new Date('2026-11-22T12:00:00Z');
    const app = await newCertificate('0c', APP_KEYS.privatePem, { notAfter: ended });
    expect(refused({ app_cert: app.pem })).toEqual([]);
  });
});
