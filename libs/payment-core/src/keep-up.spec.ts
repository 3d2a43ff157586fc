import type { PaymentProvider, ProviderDefinition, Upkeep } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import { keepUp } from './keep-up.js';
import { ProviderDirectory } from './provider-directory.js';
import type { Account } from './stores/config.store.js';

/** A directory whose accounts are connected with these upkeeps, one each. */
function directoryOf(...upkeeps: (Upkeep | undefined)[]): ProviderDirectory {
  const left = [...upkeeps];
  const connect = (): PaymentProvider => {
    const upkeep = left.shift();
    const payments = { prepare: {}, query: () => Promise.reject(new Error('not asked here')) };
    return { payee: `payee ${upkeeps.length - left.length}`, payments, ...(upkeep && { upkeep }) };
  };
  const definition: ProviderDefinition = {
    id: 'wire',
    title: { 'zh-CN': '线', en: 'Wire' },
    methods: [],
    secretFields: [],
    readSettings: () => ({}),
    connect,
    fromSandbox: () => ({}),
  };
  const tools = { fetch: globalThis.fetch, clock: { now: () => new Date(0) }, nonce: () => '' };
  const directory = new ProviderDirectory({ providers: [definition], methods: [] }, tools);
  for (const version of upkeeps.keys()) directory.connect({ id: 'acc', provider: 'wire', version } as Account);
  return directory;
}

describe('keepUp', () => {
  it('runs what is due, of every connection that has any upkeep', async () => {
    const ran: string[] = [];
    const upkeep = (name: string, due: boolean): Upkeep => ({ isDue: () => due, run: async () => void ran.push(name) });
    const providers = directoryOf(upkeep('due', true), undefined, upkeep('later', false), upkeep('due too', true));
    expect(await keepUp({ providers, report: () => {} })).toBe(2);
    expect(ran).toEqual(['due', 'due too']);
  });

  it('reports one that fails, and keeps up the others', async () => {
    const ran: string[] = [];
    const reported: unknown[] = [];
    const failing: Upkeep = { isDue: () => true, run: () => Promise.reject(new Error('away')) };
    const providers = directoryOf(failing, { isDue: () => true, run: async () => void ran.push('other') });
    await keepUp({ providers, report: (error, details) => reported.push([(error as Error).message, details]) });
    expect(ran).toEqual(['other']);
    expect(reported).toEqual([['away', { doing: 'upkeep', payee: 'payee 1' }]]);
  });
});
