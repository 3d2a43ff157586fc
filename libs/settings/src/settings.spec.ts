import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InvalidEnvironment, readMasterKey, readSettings } from './settings.js';

const folder = mkdtempSync(join(tmpdir(), 'hutong-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the environment', () => {
  it('may say nothing: everything has a default that suits one machine', () => {
    expect(readSettings({})).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      sandboxPort: 4000,
      storefrontPort: 3100,
      publicUrl: 'http://127.0.0.1:3000',
      sandboxPublicUrl: 'http://127.0.0.1:4000',
      trustedProxies: [],
      databaseUrl: undefined,
      role: 'both',
      clock: 'system',
      logLevel: 'info',
      reconcileDays: 7,
      metricsPort: undefined,
      shutdownGraceMs: 0,
      shutdownDeadlineMs: 25_000,
    });
    expect(isAbsolute(readSettings({}).dataDir)).toBe(true);
  });

  it('moves ports, and the URLs that follow from them', () => {
    const settings = readSettings({ PORT: '3901', SANDBOX_PORT: '4901', STOREFRONT_PORT: '' });
    expect(settings).toMatchObject({
      publicUrl: 'http://127.0.0.1:3901',
      sandboxPublicUrl: 'http://127.0.0.1:4901',
      storefrontPort: 3100,
    });
  });

  it('gives public URLs without a trailing slash', () => {
    expect(readSettings({ HUTONG_PUBLIC_URL: 'https://pay.example.com/hutong//' }).publicUrl).toBe(
      'https://pay.example.com/hutong',
    );
  });

  it('believes no proxy but those that are named, by address or range', () => {
    const HUTONG_TRUSTED_PROXIES = '10.0.0.0/8, 127.0.0.1,fd00::/8,::1';
    expect(readSettings({ HUTONG_TRUSTED_PROXIES }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '127.0.0.1',
      'fd00::/8',
      '::1',
    ]);
    expect(readSettings({ HUTONG_TRUSTED_PROXIES: ' ' }).trustedProxies).toEqual([]);
  });

  it.each([
    ['HUTONG_TRUSTED_PROXIES', 'true'],
    ['HUTONG_TRUSTED_PROXIES', '1'],
    ['HUTONG_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['HUTONG_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['HUTONG_TRUSTED_PROXIES', '::/0'],
    ['HUTONG_TRUSTED_PROXIES', '10.0.0.1,'],
    ['HUTONG_TRUSTED_PROXIES', '10.0.0.1/8/8'],
    ['HUTONG_TRUSTED_PROXIES', 'fe80::1%eth0'],
    ['HUTONG_TRUSTED_PROXIES', 'proxy.internal'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3e3'],
    ['SANDBOX_PORT', ' 4000'],
    ['STOREFRONT_PORT', 'http'],
    ['HUTONG_PUBLIC_URL', 'pay.example.com'],
    ['SANDBOX_PUBLIC_URL', 'javascript:alert(1)'],
    ['DATABASE_URL', 'mysql://127.0.0.1/hutong'],
    ['HUTONG_ROLE', 'Worker'],
    ['HUTONG_CLOCK', 'atomic'],
    ['LOG_LEVEL', 'loud'],
    ['HUTONG_RECONCILE_DAYS', '0'],
    ['HUTONG_RECONCILE_DAYS', '91'],
    ['METRICS_PORT', '0'],
    ['METRICS_PORT', '3000'],
    ['SHUTDOWN_GRACE_MS', '-1'],
    ['SHUTDOWN_GRACE_MS', '5s'],
    ['SHUTDOWN_DEADLINE_MS', '0'],
  ])('is refused by name when %s=%s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(InvalidEnvironment);
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} `));
  });

  it('never repeats a database password', () => {
    const DATABASE_URL = 'mysql://hutong:hunter2@127.0.0.1/hutong';
    expect(() => readSettings({ DATABASE_URL })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });

  it('hands a database URL on as a secret, which no log line can show', () => {
    const settings = readSettings({ DATABASE_URL: 'postgresql://hutong:hunter2@127.0.0.1/hutong' });
    expect(settings.databaseUrl?.reveal()).toContain('hunter2');
    expect(JSON.stringify(settings)).not.toContain('hunter2');
  });

  it('gives production time to leave the load balancer before it stops accepting', () => {
    expect(readSettings({ NODE_ENV: 'production' }).shutdownGraceMs).toBe(5_000);
    expect(readSettings({ NODE_ENV: 'production', SHUTDOWN_GRACE_MS: '0' }).shutdownGraceMs).toBe(0);
  });

  it('lets a worker run alone only beside a database server', () => {
    expect(() => readSettings({ HUTONG_ROLE: 'worker' })).toThrow(/needs DATABASE_URL/);
    expect(readSettings({ HUTONG_ROLE: 'worker', DATABASE_URL: 'postgresql://127.0.0.1/hutong' }).role).toBe('worker');
  });

  it("never follows the sandbox's clock in production", () => {
    expect(readSettings({ HUTONG_CLOCK: 'sandbox' }).clock).toBe('sandbox');
    expect(() => readSettings({ HUTONG_CLOCK: 'sandbox', NODE_ENV: 'production' })).toThrow(/HUTONG_CLOCK=sandbox/);
  });
});

describe('the master key', () => {
  const key = Buffer.alloc(32, 7).toString('base64');

  it('is taken from the environment', () => {
    expect(readMasterKey(readSettings({}), { HUTONG_MASTER_KEY: key }).reveal()).toEqual(Buffer.alloc(32, 7));
  });

  it.each(['', 'short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
    'is not %j, and is not repeated',
    (text) => {
      expect(() => readMasterKey(readSettings({}), { HUTONG_MASTER_KEY: text })).toThrow(
        /^HUTONG_MASTER_KEY must hold 32 bytes/,
      );
    },
  );

  it('is required in production', () => {
    const settings = readSettings({ NODE_ENV: 'production', HUTONG_DATA_DIR: join(folder, 'production') });
    expect(() => readMasterKey(settings, {})).toThrow(/required in production/);
  });

  it('is made once in development, for its owner only, and read again afterwards', () => {
    const settings = readSettings({ HUTONG_DATA_DIR: join(folder, 'development') });
    const made = readMasterKey(settings, {}).reveal();
    const path = join(settings.dataDir, 'master.key');
    expect(made).toHaveLength(32);
    expect(readFileSync(path, 'utf8').trim()).toBe(made.toString('base64'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readMasterKey(settings, {}).reveal()).toEqual(made);
  });

  it('is not read from a damaged file', () => {
    const settings = readSettings({ HUTONG_DATA_DIR: folder });
    writeFileSync(join(folder, 'master.key'), 'damaged');
    expect(() => readMasterKey(settings, {})).toThrow(/master\.key must hold 32 bytes/);
  });
});

describe('the Node that it runs on', () => {
  it.each(['20.20.2', '22.11.0', '18.0.0'])('%s is refused in one sentence', (version) => {
    expect(() => readSettings({}, version)).toThrow(`Hutong needs Node 22.12 or newer, and this is ${version}.`);
  });

  it.each(['22.12.0', '22.13.1', '24.21.0', '26.0.0'])('%s will do', (version) => {
    expect(() => readSettings({}, version)).not.toThrow();
  });
});
