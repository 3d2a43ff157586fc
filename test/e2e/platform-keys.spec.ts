import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hutong } from '@hutong/cli';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startWorld, type World } from './support/world.js';

const DAY_MS = 86_400_000;

/** How the apps of these tests are paid through WeChat Pay. */
const WAYS: Readonly<Record<string, object>> = {
  taote: { method: 'wechat_scan', scene: 'desktop_web' },
  eleme: { method: 'wechat_pay', scene: 'app' },
};

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld(['taote', 'eleme']);
  folder = mkdtempSync(join(tmpdir(), 'hutong-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
type Json = any;

/** Makes the merchant's sandbox account and hands it out as the wallet's console would show it. */
async function sandboxMerchant(name: string, verify_mode?: string): Promise<Json> {
  const wish = { provider: 'wechat_pay', name, ...(verify_mode === undefined ? {} : { verify_mode }) };
  return (await world.payer.control('POST', '/accounts', wish)).body;
}

async function wechatAccount(app: string): Promise<Json> {
  const { body } = await world.admin.get(`/admin/v1/apps/${app}/accounts`);
  return body.data.find((account: Json) => account.provider === 'wechat_pay');
}

async function change(app: string, settings: object): Promise<Json> {
  const { id } = await wechatAccount(app);
  const path = `/admin/v1/apps/${app}/accounts/${id}`;
  const { status, body } = await world.admin.send('PATCH', path, JSON.stringify({ settings }), {});
  if (status !== 200) throw new Error(`changing the account answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** A payment from the order to its notification and back; fails where any message in between does not verify. */
async function payAndRefund(app: string): Promise<Json> {
  const merchant = world.merchant(app);
  const payment = await merchant.createPayment({ amount: 1_999 });
  const attempt = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
    ...WAYS[app],
  });
  expect(attempt.status).toBe(201);
  await world.payer.pay(attempt.body.next_action);
  await world.sandbox.settled();
  const paid = await merchant.get(`/v1/payments/${payment.id}`);
  expect(paid.body.status).toBe('paid');
  const refund = await merchant.post(`/v1/payments/${payment.id}/refunds`, { refund_no: payment.id, amount: 999 });
  expect(refund.status).toBe(201);
  return paid.body;
}

async function command(...words: string[]): Promise<string> {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  try {
    await hutong().parseAsync(['node', 'hutong', ...words, '--url', world.url, '--key', world.admin.key]);
  } finally {
    spy.mockRestore();
  }
  return lines.join('\n');
}

describe('platform certificates', () => {
  it('that are replaced are fetched, so that payments and refunds go on', async () => {
    await payAndRefund('eleme');
    const { body } = await world.payer.control('POST', '/accounts/wechat_pay/eleme/rotate');
    const held = (await wechatAccount('eleme')).settings.platform_certificates;
    expect(held).not.toContainEqual(body.platform_certificates[0]);
    await payAndRefund('eleme');
  });

  it('need not be among the settings of an account', async () => {
    const { changed, account } = await change('eleme', { platform_certificates: [] });
    expect(changed).toEqual(['platform_certificates']);
    expect(account.settings.platform_certificates).toEqual([]);
    await payAndRefund('eleme');
  });
});

describe('accounts over the admin API', () => {
  it('are listed without a secret, in their newest version', async () => {
    const { body } = await world.admin.get('/admin/v1/apps/taote/accounts');
    const secrets = body.data.flatMap((account: Json) => account.secrets);
    expect(secrets).toEqual(expect.arrayContaining(['private_key', 'api_v3_key']));
    expect(JSON.stringify(body)).not.toContain('PRIVATE KEY');
    expect(JSON.stringify(body)).not.toContain((await sandboxMerchant('taote')).api_v3_key);
  });

  it('keep what a change does not name, secrets too, and refuse what does not fit without a new version', async () => {
    const { id, version } = await wechatAccount('eleme');
    const path = `/admin/v1/apps/eleme/accounts/${id}`;
    const patch = (body: unknown, query = '') => world.admin.send('PATCH', path + query, JSON.stringify(body), {});
    const refused = await patch({ settings: { api_v3_key: 'short' } });
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/settings/api_v3_key' })],
    ]);
    expect(JSON.stringify(refused.body)).not.toContain('short');
    expect((await patch({ store_out_id: 'x' })).status).toBe(400);
    expect((await patch({ settings: { store_out_id: 'till-1' } }, '?dry_run=true')).body.changed).toEqual([
      'store_out_id',
    ]);
    expect((await wechatAccount('eleme')).version).toBe(version);
    expect((await patch({ settings: { store_out_id: 'till-1' } })).body.account.version).toBe(version + 1);
    expect((await patch({ settings: { store_out_id: 'till-1' } })).body.changed).toEqual([]);
    await payAndRefund('eleme');
    expect((await patch({ settings: { store_out_id: null } })).body.account.settings).not.toHaveProperty(
      'store_out_id',
    );
  });

  it("are nobody's but their app's", async () => {
    const { id } = await wechatAccount('eleme');
    for (const [method, path, body] of [
      ['PATCH', `/admin/v1/apps/taote/accounts/${id}`, '{"settings":{}}'],
      ['POST', `/admin/v1/apps/taote/accounts/${id}/check`, '{}'],
      ['GET', '/admin/v1/apps/nobody/accounts', undefined],
    ] as const)
      expect((await world.admin.send(method, path, body, {})).status).toBe(404);
    const { status } = await world.merchant('eleme').get('/admin/v1/apps/eleme/accounts');
    expect(status).toBe(403);
  });
});

describe('the way to the public key', () => {
  it('says that the switch is off while answers still carry a certificate', async () => {
    const other = await sandboxMerchant('another', 'public_key');
    const file = join(folder, 'other.pem');
    writeFileSync(file, other.public_key);
    const said = await command('accounts', 'public-key', 'taote', '--id', other.public_key_id, '--public-key', file);
    expect(said).toContain('signs its answers with certificate');
    expect(said).toContain('the switch is not on');
    await payAndRefund('taote');
    await expect(command('accounts', 'public-key', 'taote', '--finish', '--confirmed')).rejects.toThrow(
      /still signs with certificate/,
    );
  });

  it('takes payments before, during every day of the switch, and after', async () => {
    const merchant = await sandboxMerchant('migrating', 'switching');
    const settings = world.settingsOf('wechat_pay', merchant);
    await change('taote', { ...settings, public_key_id: null, public_key: null });
    await payAndRefund('taote');
    expect(await command('accounts', 'public-key', 'taote')).toContain('--id PUB_KEY_ID_');

    const file = join(folder, 'pub_key.pem');
    writeFileSync(file, merchant.public_key);
    const words = ['accounts', 'public-key', 'taote', '--id', merchant.public_key_id, '--public-key', file];
    const { version } = await wechatAccount('taote');
    expect(await command(...words, '--dry-run')).toContain('would change public_key, public_key_id');
    expect((await wechatAccount('taote')).version).toBe(version);
    const said = await command(...words);
    expect(said).toContain(`signs its answers with public key ${merchant.public_key_id}`);
    expect(said).toContain('--finish --confirmed');
    expect((await wechatAccount('taote')).version).toBe(version + 1);

    const signers = new Set<string>();
    for (let day = 0; day < 8; day += 1) {
      const { attempts } = await payAndRefund('taote');
      const { body } = await world.payer.control('GET', '/notifications');
      const sent = body.data.find((it: Json) => it.reference === attempts[0].reference);
      const serial = Object.entries(sent.headers).find(([name]) => name.toLowerCase() === 'wechatpay-serial');
      signers.add(String(serial?.[1]).startsWith('PUB_KEY_ID_') ? 'public key' : 'certificate');
      await world.payer.advance(DAY_MS);
      await world.followed('taote');
    }
    expect([...signers].toSorted()).toEqual(['certificate', 'public key']);

    await expect(command('accounts', 'public-key', 'taote', '--finish')).rejects.toThrow(/--confirmed/);
    expect(await command('accounts', 'public-key', 'taote', '--finish', '--confirmed')).toContain('public key alone');
    expect((await wechatAccount('taote')).settings.platform_certificates).toEqual([]);
    await payAndRefund('taote');
    expect(await command('accounts', 'list', 'taote')).toContain('wechat_pay');
  });
});
