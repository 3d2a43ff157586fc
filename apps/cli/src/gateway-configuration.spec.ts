import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AppSeed } from '@hutong/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gatewayAnswers, gatewayConfiguration } from './gateway-configuration.js';

const seed: AppSeed = {
  app: {
    id: 'shop',
    name: { 'zh-CN': '店', en: 'Shop' },
    branding: { color: '#112233', mark: '店' },
    returnOrigins: ['http://127.0.0.1:*'],
  },
  accounts: [{ provider: 'wire', ref: 'main', settings: { app_id: 'a' } }],
  providers: { other: { status: 'excluded' } },
  options: [{ method: 'one', status: 'live' }],
  order: [{ when: { scene: 'app' }, putFirst: ['one'] }],
};

/** A gateway that notes what it is asked and answers what the test says. */
class StandInGateway {
  readonly asked: { method: string; path: string; key: string | undefined; body: unknown }[] = [];
  answer: { status: number; body: unknown } = { status: 200, body: {} };
  private readonly server: Server = createServer(async (request, response) => {
    const json = await text(request);
    const { method = '', url: path = '', headers } = request;
    this.asked.push({ method, path, key: headers.authorization, body: json === '' ? undefined : JSON.parse(json) });
    response
      .writeHead(this.answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(this.answer.body));
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('gatewayConfiguration', () => {
  let gateway: StandInGateway;
  let url: string;

  beforeEach(async () => {
    gateway = new StandInGateway();
    url = await gateway.listen();
  });

  afterEach(() => gateway.close());

  it('puts an app as the admin API spells it, with the admin key', async () => {
    const change = { kind: 'app', action: 'create', what: 'app shop', details: [] };
    gateway.answer = { status: 200, body: { changes: [change] } };
    expect(await gatewayConfiguration(url, 'ha_1').applySeed(seed, {})).toEqual([change]);
    expect(gateway.asked).toEqual([
      {
        method: 'PUT',
        path: '/admin/v1/apps/shop',
        key: 'Bearer ha_1',
        body: {
          app: 'shop',
          name: seed.app.name,
          branding: seed.app.branding,
          return_origins: ['http://127.0.0.1:*'],
          accounts: seed.accounts,
          providers: { other: { status: 'excluded' } },
          options: [{ method: 'one', status: 'live' }],
          order: [{ when: { scene: 'app' }, put_first: ['one'] }],
        },
      },
    ]);
  });

  it('asks for a dry run in the query', async () => {
    gateway.answer = { status: 200, body: { changes: [] } };
    expect(await gatewayConfiguration(url, 'ha_1').applySeed(seed, { dryRun: true })).toEqual([]);
    expect(gateway.asked[0]?.path).toBe('/admin/v1/apps/shop?dry_run=true');
  });

  it('asks for pruning in the query, and sends the reason with the document', async () => {
    gateway.answer = { status: 200, body: { changes: [] } };
    await gatewayConfiguration(url, 'ha_1').applySeed(seed, { prune: true, reason: 'WECHAT-1207' });
    expect(gateway.asked[0]?.path).toBe('/admin/v1/apps/shop?prune=true');
    expect(gateway.asked[0]?.body).toMatchObject({ app: 'shop', reason: 'WECHAT-1207' });
  });

  it('makes admin keys like those of an app, with the role that is asked for', async () => {
    gateway.answer = { status: 201, body: { id: 'key_1', key: 'ha_2' } };
    await gatewayConfiguration(url, 'ha_1').createKey(null, 'editor');
    await gatewayConfiguration(url, 'ha_1').createKey('shop', 'reader');
    expect(gateway.asked.map(({ path, body }) => [path, body])).toEqual([
      ['/admin/v1/keys', { role: 'editor' }],
      ['/admin/v1/apps/shop/keys', { role: 'reader' }],
    ]);
  });

  it('tells a refusal field by field', async () => {
    gateway.answer = {
      status: 400,
      body: {
        detail: 'The request does not fit.',
        errors: [{ pointer: '/options/0/method', message: 'is not known' }],
      },
    };
    const refused = gatewayConfiguration(url, 'ha_1').applySeed(seed, {});
    await expect(refused).rejects.toThrow('The request does not fit.\n  /options/0/method is not known');
  });

  it('says what to do about a key that is missing or not taken', async () => {
    expect(() => gatewayConfiguration(url, undefined)).toThrow('there is no admin key to ask it with');
    gateway.answer = { status: 401, body: {} };
    await expect(gatewayConfiguration(url, 'ha_1').listKeys('shop')).rejects.toThrow('give another with --key');
  });

  it('knows an app key by its head, and never one that was revoked', async () => {
    const key = {
      id: 'key_1',
      app: 'shop',
      prefix: 'hk_test_abcdef',
      created_at: '2026-11-23T00:00:00Z',
      revoked_at: null,
    };
    gateway.answer = { status: 200, body: { data: [key] } };
    const configuration = gatewayConfiguration(url, 'ha_1');
    expect(await configuration.accepts('hk_test_abcdef0123', 'shop')).toBe(true);
    expect(await configuration.accepts('hk_test_zzzzzz0123', 'shop')).toBe(false);
    gateway.answer = { status: 200, body: { data: [{ ...key, revoked_at: '2026-11-23T01:00:00Z' }] } };
    expect(await configuration.accepts('hk_test_abcdef0123', 'shop')).toBe(false);
  });

  it('tells a gateway from nothing', async () => {
    expect(await gatewayAnswers(url)).toBe(true);
    gateway.close();
    expect(await gatewayAnswers(url)).toBe(false);
  });
});
