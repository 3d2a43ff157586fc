import { UntrustedMessage, type ProviderDefinition, type ProviderTools } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import type { CoreContext } from './core-context.js';
import { ProviderDirectory } from './provider-directory.js';
import type { Account } from './stores/config.store.js';
import { verifyNotification } from './verify-notification.js';

const account: Account = {
  id: 'acc_1',
  app: 'shop',
  provider: 'wire',
  ref: 'main',
  version: 3,
  settings: { secret: 'never to be seen' },
  createdAt: new Date(0),
};

const definition = (diagnostics?: ProviderDefinition['diagnostics']): ProviderDefinition =>
  ({
    id: 'wire',
    methods: [],
    connect: () => ({
      notifications: {
        parse: () => Promise.reject(new UntrustedMessage('no', { provider: 'wire', operation: 'notification' })),
      },
    }),
    ...(diagnostics && { diagnostics }),
  }) as unknown as ProviderDefinition;

async function reported(diagnostics?: ProviderDefinition['diagnostics']) {
  const reports: Readonly<Record<string, unknown>>[] = [];
  const tools = { clock: { now: () => new Date(0) } } as unknown as ProviderTools;
  const core = {
    providers: new ProviderDirectory([definition(diagnostics)], tools),
    report: (_: unknown, details: Readonly<Record<string, unknown>>) => reports.push(details),
  } as unknown as CoreContext;
  expect(await verifyNotification(core, [account], { headers: [], body: Buffer.from('x') })).toBeUndefined();
  return reports;
}

describe('a notification that does not verify', () => {
  it('is reported with the causes that its provider finds, and nothing of the settings', async () => {
    const reports = await reported({
      diagnose: () => ({ holds: false, findings: [{ cause: 'clock', says: 'late', try: 'NTP' }] }),
      examine: () => [],
    });
    expect(reports).toEqual([{ doing: 'verify a notification', account_id: 'acc_1', version: 3, causes: ['clock'] }]);
  });

  it('is reported without causes where the provider knows none', async () => {
    expect(await reported()).toMatchObject([{ causes: [] }]);
  });
});
