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
      payments: { prepare: {}, query: async () => ({ state: 'not_found' }) },
      notifications: {
        parse: () => Promise.reject(new UntrustedMessage('no', { provider: 'wire', operation: 'notification' })),
      },
    }),
    ...(diagnostics && { diagnostics }),
  }) as unknown as ProviderDefinition;

/** Reports on messages that arrive at these times (ms). */
async function reported(diagnostics: ProviderDefinition['diagnostics'], ...times: number[]) {
  const reports: Readonly<Record<string, unknown>>[] = [];
  let now = 0;
  const tools = { clock: { now: () => new Date(now) } } as unknown as ProviderTools;
  const core = {
    providers: new ProviderDirectory({ providers: [definition(diagnostics)], methods: [] }, tools),
    report: (_: unknown, details: Readonly<Record<string, unknown>>) => reports.push(details),
  } as unknown as CoreContext;
  for (const time of times) {
    now = time;
    expect(await verifyNotification(core, [account], { headers: [], body: Buffer.from('x') })).toBeUndefined();
  }
  return reports;
}

const late: ProviderDefinition['diagnostics'] = {
  diagnose: () => ({ holds: false, findings: [{ cause: 'clock', says: 'late', try: 'NTP' }] }),
  examine: () => [],
};

describe('a notification that does not verify', () => {
  it('is reported with the causes that its provider finds, and nothing of the settings', async () => {
    const details = { doing: 'verify a notification', account_id: 'acc_1', version: 3, causes: ['clock'] };
    expect(await reported(late, 0)).toEqual([details]);
  });

  it('is reported each time, but looked into once a second at most: strangers send these', async () => {
    const reports = await reported(late, 0, 1, 999, 1_000);
    expect(reports.map(({ causes }) => causes)).toEqual([['clock'], undefined, undefined, ['clock']]);
  });

  it('is reported without causes where the provider knows none', async () => {
    expect(await reported(undefined, 0)).toMatchObject([{ causes: undefined }]);
  });
});
