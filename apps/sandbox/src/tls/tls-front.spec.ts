import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant } from '../wechat-pay/test-merchant.js';
import { wechatPayWire } from '../wechat-pay/wechat-pay.js';
import { HOST_NAMES } from './host-names.js';

interface Said {
  readonly status: number | undefined;
  readonly headers: { get(name: string): string | null };
  readonly body: string;
}

describe('the door with TLS', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-sandbox-tls-'));
  const start = async (): Promise<Sandbox> => {
    const started = await createSandbox({ wires: [wechatPayWire], dataDir, tlsPort: 0 });
    await started.listen();
    return started;
  };
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await start();
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });

  const get = (path: string, servername: string, headers: Record<string, string> = {}, ca = sandbox.tls?.ca) =>
    new Promise<Said>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: sandbox.tls?.port, servername, path, ca, headers, agent: false };
      const sent = request(options, (answer) => {
        const named = { get: (name: string) => String(answer.headers[name] ?? '') || null };
        void text(answer).then((body) => resolve({ status: answer.statusCode, headers: named, body }), reject);
      });
      sent.on('error', reject).end();
    });

  it('gives a signed answer to a client that trusts its authority and asks for api.mch.weixin.qq.com', async () => {
    const merchant = await TestMerchant.of(sandbox);
    const path = `/v3/pay/transactions/out-trade-no/tls_0001?mchid=${merchant.account.mchid}`;
    const authorization = merchant.authorization('GET', path, '');
    const headers = { authorization, accept: 'application/json', 'user-agent': 'spec', host: 'api.mch.weixin.qq.com' };
    const answer = await get(path, 'api.mch.weixin.qq.com', headers);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'ORDER_NOT_EXIST' });
    expect(merchant.trusts(answer.headers, answer.body)).toBe(true);
  });

  it.each(HOST_NAMES)('has a certificate for %s', async (name) => {
    expect((await get('/health/ready', name)).status).toBe(200);
  });

  it('is not believed under other names, nor by who does not trust its authority', async () => {
    await expect(get('/health/ready', 'bank.example')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    await expect(get('/health/ready', 'localhost', {}, [] as never)).rejects.toThrow(/certificate/);
  });

  it('cuts the line where a fault rule resets it', async () => {
    const merchant = await TestMerchant.of(sandbox);
    sandbox.faults.set([{ match: {}, phase: 'before', action: 'reset', times: 1 }]);
    const path = `/v3/pay/transactions/out-trade-no/tls_0002?mchid=${merchant.account.mchid}`;
    await expect(get(path, 'localhost')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('keeps its authority over a restart, for its owner only', async () => {
    const { ca, caFile = '' } = sandbox.tls ?? {};
    expect([caFile, readFileSync(caFile, 'utf8')]).toEqual([join(dataDir, 'tls-ca.pem'), ca]);
    for (const file of [caFile, join(dataDir, 'tls-authority.json')]) expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = await start();
    expect(second.tls?.ca).toBe(ca);
    await second.close();
  });

  it('is not there unless it is asked for', async () => {
    const plain = await createSandbox({ wires: [] });
    await plain.listen();
    expect(plain.tls).toBeUndefined();
    await plain.close();
  });
});
