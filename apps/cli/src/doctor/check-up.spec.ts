import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountReport } from '@hutong/payment-core';
import { afterEach, describe, expect, it } from 'vitest';
import { CannotRun } from '../configuration.js';
import { checkUp } from './check-up.js';
import type { Examination } from './examination.js';
import { checkUpTable } from './report.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A service that answers its health check like this. */
async function service(status = 200, date = new Date().toUTCString()): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, { date }).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const right: AccountReport = {
  app: 'shop',
  provider: 'alipay',
  ref: 'main',
  version: 1,
  checks: [{ name: 'settings', ok: true, says: 'every field fits' }],
};

const examination = (reports: readonly AccountReport[], apps: readonly string[] = ['shop']): Examination => ({
  where: 'memory',
  listApps: async () => apps,
  checkAccounts: async () => reports,
  diagnose: () => Promise.reject(new Error('not asked')),
  close: async () => {},
});

const NOWHERE = 'http://127.0.0.1:9';

describe('checkUp', () => {
  it('finds everything right where everything is', async () => {
    const [gatewayUrl, sandboxUrl] = await Promise.all([service(), service()]);
    const checks = await checkUp({ gatewayUrl, sandboxUrl, open: async () => examination([right]) });
    expect(checks.map(({ what, ok }) => [what, ok])).toEqual([
      ['gateway', true],
      ["gateway's clock", true],
      ['sandbox', true],
      ["sandbox's clock", true],
      ['shop alipay/main v1', true],
    ]);
  });

  it('says that no gateway answers and how to start one; a missing sandbox is not wrong', async () => {
    const checks = await checkUp({ gatewayUrl: NOWHERE, sandboxUrl: NOWHERE, open: async () => examination([right]) });
    expect(checks[0]).toMatchObject({ what: 'gateway', ok: false, try: expect.stringContaining('npm start') });
    expect(checks[1]).toMatchObject({ what: 'sandbox', ok: null });
  });

  it('sees a gateway that is not ready, and a clock that is off', async () => {
    const gatewayUrl = await service(503, new Date(Date.now() + 120_000).toUTCString());
    const checks = await checkUp({ gatewayUrl, sandboxUrl: NOWHERE, open: async () => examination([right]) });
    expect(checks.slice(0, 2).map(({ what, ok }) => [what, ok])).toEqual([
      ['gateway', false],
      ["gateway's clock", false],
    ]);
    expect(checks[1]?.says).toMatch(/^1[12]\d s ahead of/);
  });

  it('lists what is wrong with an account, each with what to do', async () => {
    const broken = { name: 'keys', ok: false, says: 'mixed up', try: 'look at the console' };
    const reports = [{ ...right, checks: [...right.checks, broken] }];
    const checks = await checkUp({ gatewayUrl: NOWHERE, sandboxUrl: NOWHERE, open: async () => examination(reports) });
    expect(checks.at(-1)).toEqual({
      what: 'shop alipay/main v1',
      ok: false,
      says: 'keys: mixed up',
      try: 'look at the console',
    });
    const table = checkUpTable(checks);
    expect(table).toContain('✘');
    expect(table).toContain('→ look at the console');
  });

  it('says what keeps it from the accounts, and that an empty gateway or app has none', async () => {
    const asked = { gatewayUrl: NOWHERE, sandboxUrl: NOWHERE };
    const locked = await checkUp({ ...asked, open: () => Promise.reject(new CannotRun('no admin key')) });
    expect(locked.at(-1)).toMatchObject({ what: 'accounts', ok: false, says: 'no admin key' });
    const empty = await checkUp({ ...asked, open: async () => examination([], []) });
    expect(empty.at(-1)).toMatchObject({ what: 'apps', ok: false });
    const bare = await checkUp({ ...asked, open: async () => examination([]), app: 'jd' });
    expect(bare.at(-1)).toMatchObject({ what: 'jd', ok: false, says: 'has no account' });
  });
});
