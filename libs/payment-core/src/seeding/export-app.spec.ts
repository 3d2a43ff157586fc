import type { ProviderDefinition } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import type { CoreContext } from '../core-context.js';
import { TAOTE } from '../options/test-configs.js';
import { ProviderDirectory } from '../provider-directory.js';
import { exportApp } from './export-app.js';

const wire = { id: 'wire', methods: [], secretFields: ['key', 'old_key'] } as unknown as ProviderDefinition;

function coreWith(providers: readonly ProviderDefinition[]): Pick<CoreContext, 'stores' | 'providers'> {
  const config = {
    findApp: async (id: string) => (id === TAOTE.id ? TAOTE : undefined),
    findOptions: async () => ({
      app: 'taote',
      version: 4,
      providers: {},
      options: [],
      order: [],
      createdAt: new Date(0),
    }),
    listAccounts: async () => [
      { provider: 'wire', ref: 'main', settings: { merchant: 'm1', key: 'k-secret' } },
      { provider: 'gone', ref: 'main', settings: { merchant: 'm2', key: 'k-other' } },
    ],
  };
  const tools = { clock: { now: () => new Date(0) } } as ConstructorParameters<typeof ProviderDirectory>[1];
  const directory = new ProviderDirectory({ providers, methods: [] }, tools);
  return { stores: { config }, providers: directory } as unknown as Pick<CoreContext, 'stores' | 'providers'>;
}

describe('exportApp', () => {
  it('writes what is open, and points at each secret that is set', async () => {
    const { document, version, withheld } = await exportApp(coreWith([wire]), 'taote');
    expect(version).toBe(4);
    expect(document['accounts']).toEqual([
      { provider: 'wire', ref: 'main', settings: { merchant: 'm1' } },
      { provider: 'gone', ref: 'main', settings: {} },
    ]);
    expect(withheld).toEqual(['/accounts/0/settings/key', '/accounts/1/settings/merchant', '/accounts/1/settings/key']);
  });

  it('takes every setting for a secret where nobody knows which are', async () => {
    expect(JSON.stringify(await exportApp(coreWith([]), 'taote'))).not.toMatch(/k-secret|k-other|m1|m2/);
  });

  it('knows no app that there is not', async () => {
    await expect(exportApp(coreWith([wire]), 'nobody')).rejects.toMatchObject({ code: 'not_found' });
  });
});
