import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ProviderDefinition } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { resolveAccounts } from './sandbox-accounts.js';
import type { SeedFile } from '@hutong/payment-core';

const definitions = [
  {
    id: 'wire',
    fromSandbox: ({ merchant }: { merchant: string }, url: string) => ({ merchant, gateway: `${url}/wire` }),
  },
] as unknown as ProviderDefinition[];

const seed: SeedFile = {
  app: {
    id: 'shop',
    name: { 'zh-CN': '店', en: 'Shop' },
    branding: { color: '#112233', mark: '店' },
    returnOrigins: [],
  },
  accounts: [
    { provider: 'wire', ref: 'sandbox' },
    { provider: 'wire', ref: 'own', settings: { merchant: 'mine' } },
  ],
  providers: {},
  options: [],
  order: [],
};

describe('resolveAccounts', () => {
  it('asks the sandbox for a merchant named after the app, and reads it as its provider does', async () => {
    const asked: unknown[] = [];
    const server = createServer(async (request, response) => {
      asked.push(JSON.parse(await text(request)));
      response.end(JSON.stringify({ merchant: 'm1' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [resolved] = await resolveAccounts([seed], definitions, url);
    server.closeAllConnections();
    server.close();
    expect(asked).toEqual([{ provider: 'wire', name: 'shop' }]);
    expect(resolved?.accounts).toEqual([
      { provider: 'wire', ref: 'sandbox', settings: { merchant: 'm1', gateway: `${url}/wire` } },
      { provider: 'wire', ref: 'own', settings: { merchant: 'mine' } },
    ]);
  });

  it('says in one sentence that no sandbox answers, and how to start one', async () => {
    const resolving = resolveAccounts([seed], definitions, 'http://127.0.0.1:9');
    await expect(resolving).rejects.toThrow(/none answers at http:\/\/127\.0\.0\.1:9: start it with/);
  });

  it('waits for a sandbox that is still starting, if it is told to', async () => {
    let early = 3;
    const server = createServer((request, response) => {
      if (early-- > 0) request.destroy();
      else response.end(JSON.stringify({ merchant: 'm1' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(resolveAccounts([seed], definitions, url, 5_000)).resolves.toHaveLength(1);
    expect(early).toBeLessThan(0);
    server.closeAllConnections();
    server.close();
  });

  it('needs no sandbox for accounts that bring their settings', async () => {
    const own = { ...seed, accounts: seed.accounts.slice(1) };
    const [resolved] = await resolveAccounts([own], definitions, 'http://127.0.0.1:9');
    expect(resolved?.accounts).toHaveLength(1);
  });
});
