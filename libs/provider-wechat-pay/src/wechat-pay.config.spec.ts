import { InvalidAccountConfig } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import {
  API_V3_KEY,
  impostor,
  merchant,
  platform,
  publicKey,
  publicKeySettings,
  publicPem,
  secondPlatform,
  settings,
} from './test-platform.js';
import { wechatPay } from './wechat-pay.js';

function pointers(more: Readonly<Record<string, unknown>>): string[] {
  try {
    wechatPay.readSettings(settings(more));
    return [];
  } catch (error) {
    return (error as InvalidAccountConfig).errors.map(({ pointer }) => pointer);
  }
}

describe('the settings of an account', () => {
  it('are at the main host unless they say otherwise', () => {
    expect(wechatPay.readSettings(settings())).toMatchObject({ base_url: 'https://api.mch.weixin.qq.com' });
  });

  it('keep the private key, the APIv3 key and the AppSecret secret', () => {
    expect(wechatPay.secretFields.toSorted()).toEqual(['api_v3_key', 'app_secret', 'private_key']);
  });

  it.each(['short', `${API_V3_KEY}x`, '密'.repeat(11), '钥'.repeat(32), 32])(
    'take no APIv3 key of other than 32 ASCII bytes: %j',
    (api_v3_key) => {
      expect(pointers({ api_v3_key })).toEqual(['/api_v3_key']);
    },
  );

  it.each([
    'http://api.mch.weixin.qq.com',
    'ftp://127.0.0.1',
    'http://127.0.0.1.evil.example',
    'https://user:secret@api.mch.weixin.qq.com',
    'https://proxy.example/wechat',
    'https://proxy.example/?to=',
    'not a url',
  ])('take no base_url such as %s', (base_url) => {
    expect(pointers({ base_url })).toEqual(['/base_url']);
  });

  it.each(['https://api2.mch.weixin.qq.com', 'http://127.0.0.1:4000', 'http://localhost:4000/', 'http://[::1]:4000'])(
    'take the base_url %s',
    (base_url) => {
      expect(pointers({ base_url })).toEqual([]);
    },
  );

  it('take a second host under the same rules as the first', () => {
    expect(pointers({ backup_base_url: 'https://api2.mch.weixin.qq.com' })).toEqual([]);
    expect(pointers({ backup_base_url: 'http://api2.mch.weixin.qq.com' })).toEqual(['/backup_base_url']);
    expect(pointers({ backup_base_url: 'https://api2.mch.weixin.qq.com/v3' })).toEqual(['/backup_base_url']);
  });

  it.each(['', '一号店', 'A 1', 'x'.repeat(257), 7])('take no number of a shop such as %j', (store_out_id) => {
    expect(pointers({ store_out_id })).toEqual(['/store_out_id']);
  });

  it('need no key of WeChat Pay at all: the APIv3 key is enough to fetch the certificates', () => {
    for (const platform_certificates of [[], undefined]) {
      expect(wechatPay.readSettings(settings({ platform_certificates }))).toMatchObject({ platform_certificates: [] });
    }
  });

  it('take the platform certificates each under its own serial number', () => {
    const item = (serial_no: unknown, certificate: unknown) => ({
      platform_certificates: [{ serial_no, certificate }],
    });
    expect(pointers(item(platform.serial, secondPlatform.certificate))).toEqual(['/platform_certificates/0/serial_no']);
    expect(pointers(item('no hex', platform.certificate))).toContain('/platform_certificates/0/serial_no');
    expect(pointers(item(platform.serial, 'no certificate'))).toEqual(['/platform_certificates/0/certificate']);
    expect(pointers(item(undefined, undefined))).toEqual(
      expect.arrayContaining(['/platform_certificates/0/serial_no', '/platform_certificates/0/certificate']),
    );
    expect(pointers({ platform_certificates: ['text'] })[0]).toMatch(/^\/platform_certificates/);
    expect(pointers(item(secondPlatform.serial.toLowerCase().slice(1), secondPlatform.certificate))).toEqual([]);
  });

  it('with a public key need no platform certificate, and take both while the merchant switches', () => {
    expect(pointers(publicKeySettings(publicKey))).toEqual([]);
    for (const platform_certificates of [[], undefined]) {
      const read = wechatPay.readSettings(settings({ ...publicKeySettings(publicKey), platform_certificates }));
      expect(read).toMatchObject({ ...publicKeySettings(publicKey), platform_certificates: [] });
    }
  });

  it('take neither half of a public key without the other', () => {
    const public_key_id = publicKey.serial;
    const public_key = publicPem(publicKey);
    expect(pointers({ public_key_id })).toEqual(['/public_key']);
    expect(pointers({ public_key })).toEqual(['/public_key_id']);
    expect(pointers({ public_key_id, platform_certificates: [] })).toEqual(['/public_key']);
    expect(pointers({ public_key_id: null, public_key: null })).toEqual([]);
  });

  it.each(['', 'PUB_KEY_ID_', 'PUB_KEY_ID_12A4', 'pub_key_id_0114', '0114232134912410', platform.serial, 114])(
    'take no public key id such as %j',
    (public_key_id) => {
      expect(pointers({ public_key_id, public_key: publicPem(publicKey) })).toEqual(['/public_key_id']);
    },
  );

  it('take no private key, and nothing unreadable, for the public key', () => {
    for (const public_key of [merchant.privatePem, 'no key', ''])
      expect(pointers({ public_key_id: publicKey.serial, public_key })).toEqual(['/public_key']);
  });

  it('refuse a field that nobody knows, inside a certificate too', () => {
    const { serial: serial_no, certificate } = platform;
    expect(pointers({ platform_certificates: [{ serial_no, certificate, private_key: impostor.privatePem }] })).toEqual(
      ['/platform_certificates/0/private_key'],
    );
  });
});

describe('an account of the sandbox', () => {
  it('becomes settings that point at the sandbox, without what the sandbox says beside', () => {
    const account = {
      ...settings(),
      name: 'taote',
      app_secret: 's3cret',
      certificate: 'x',
      verify_mode: 'certificate',
      public_key_id: null,
      public_key: null,
    };
    const read = wechatPay.readSettings(wechatPay.fromSandbox(account, 'http://127.0.0.1:4000'));
    expect(read).toEqual({
      ...wechatPay.readSettings(settings()),
      app_secret: 's3cret',
      base_url: 'http://127.0.0.1:4000',
      sign_in_base_url: 'http://127.0.0.1:4000',
      identity_base_url: 'http://127.0.0.1:4000',
    });
  });

  it.each([
    ['switching', settings().platform_certificates],
    ['public_key', []],
    ['public_key', null],
  ])('keeps the public key when it has one: %s', (verify_mode, platform_certificates) => {
    const account = { ...settings(publicKeySettings(publicKey)), verify_mode, platform_certificates };
    const read = wechatPay.readSettings(wechatPay.fromSandbox(account, 'http://127.0.0.1:4000'));
    expect(read).toMatchObject({
      ...publicKeySettings(publicKey),
      platform_certificates: platform_certificates ?? [],
    });
  });
});
