import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from './support/command-line.js';
import { startWorld, type World } from './support/world.js';

/** How people see a day: a gateway with its worker, asked over HTTP and by the command line. */
let world: World;
let hutong: ReturnType<typeof commandLine>;

const A_DAY_MS = 86_400_000;
const day = new Date(Date.now() + 8 * 3_600_000 + A_DAY_MS).toISOString().slice(0, 10);
const before = new Date(Date.parse(day) - A_DAY_MS).toISOString().slice(0, 10);
const beijing = (time: string, days = 0) =>
  new Date(Date.parse(`${day}T${time}+08:00`) + days * A_DAY_MS).toISOString();
const path = (provider: string) => `/v1/reconciliations/${provider}/${day}`;

beforeAll(async () => {
  world = await startWorld(['eleme', 'taote', 'pinduoduo']);
  hutong = commandLine(world);
  await world.payer.setClock(beijing('12:00:00'));
  await world.followed('eleme');
  const merchant = world.merchant('eleme');
  for (const method of ['wechat_pay', 'alipay']) {
    const payment = await merchant.createPayment();
    const payer = { id: 'u1', ip: '203.0.113.7' };
    const { body } = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene: 'app', payer });
    await world.payer.pay(body.next_action);
    await world.until(
      async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body.status,
      (status) => status === 'paid',
      5_000,
    );
  }
}, 60_000);
afterAll(() => world.close());

/** Runs the command; answers what it printed and what it ended with. */
async function run(...words: string[]): Promise<{ readonly text: string; readonly code: unknown }> {
  const kept = process.exitCode;
  process.exitCode = undefined;
  try {
    return { text: await hutong.run(...words), code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = kept;
  }
}

describe('before the day is over', () => {
  it('there is nothing to see, and nothing to be done', async () => {
    const merchant = world.merchant('eleme');
    expect((await merchant.get(path('alipay'))).status).toBe(404);
    const { status, body } = await merchant.post(path('alipay'));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: 'date' }] });
    for (const odd of ['2026-02-30', 'yesterday', '2026-1-1'])
      expect((await merchant.post(`/v1/reconciliations/alipay/${odd}`)).status).toBe(400);
  });
});

describe('the morning after', () => {
  beforeAll(async () => {
    await world.payer.setClock(beijing('10:30:30', 1));
    await world.followed('eleme');
  });

  it('the worker has done it by itself', async () => {
    const merchant = world.merchant('eleme');
    for (const provider of ['wechat_pay', 'alipay']) {
      const { body } = await world.until(
        () => merchant.get(path(provider)),
        (seen) => seen.body.status === 'ready',
        30_000,
      );
      expect(body).toMatchObject({ date: day, matched: 1, found: {}, remaining: 0, differences: [], has_more: false });
    }
  });

  it('is done again when asked to, once per Idempotency-Key', async () => {
    const merchant = world.merchant('eleme');
    const headers = { 'idempotency-key': randomUUID() };
    const first = await merchant.post(path('alipay'), undefined, headers);
    expect(first.status).toBe(200);
    const second = await merchant.post(path('alipay'), undefined, headers);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.body).toEqual(first.body);
    const { body } = await world.until(
      () => merchant.get(path('alipay')),
      (seen) => seen.body.status === 'ready',
      10_000,
    );
    expect(body.accounts).toMatchObject([{ runs: 2 }]);
  });

  it('is nobody else’s business', async () => {
    const { body } = await world.until(
      () => world.merchant('taote').get(path('alipay')),
      (seen) => seen.body.status === 'ready',
      10_000,
    );
    expect(body).toMatchObject({ app: 'taote', matched: 0 });
    expect((await world.merchant('eleme').get('/v1/reconciliations/unheard_of/2026-11-01')).status).toBe(404);
    expect((await world.merchant('eleme').post('/v1/reconciliations/unheard_of/2026-11-01')).status).toBe(404);
  });

  it('says of a wallet without statements that it has none', async () => {
    const { status, body } = await world.merchant('pinduoduo').post(path('wallet'));
    expect([status, body.code]).toEqual([409, 'statements_unsupported']);
  });

  it('is a page of its own for people, in their language', async () => {
    const { headers, body } = await world.merchant('eleme').get(path('wechat_pay'), {
      accept: 'text/html,application/json;q=0.9',
      'accept-language': 'en',
    });
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(body).toContain('<html lang="en">');
    expect(body).toContain('No differences: every line of the statement is what our books say.');
    expect(body).toContain('¥12.99');
    expect(body).not.toMatch(/(?:src|href)=/);
  });

  it('is told by the command line, which ends with 0 when nothing is left', async () => {
    const { text, code } = await run('reconcile', 'eleme', 'wechat_pay', day, '--wait', '--again');
    expect(code).toBe(0);
    expect(text).toContain(`wechat_pay of eleme on ${day}: reconciled`);
    expect(text).toContain('no differences');
    expect(text).toMatch(/statement\s+│ 1\s+│ 12\.99/);
    const json = await run('reconcile', 'eleme', 'wechat_pay', day, '--json');
    expect(JSON.parse(json.text)).toMatchObject({ object: 'reconciliation', matched: 1, differences: [] });
  });

  it('ends with 1 when money is missing, and writes a page and a table of it', async () => {
    const { client } = world.database;
    const capture = await client.capture.findFirstOrThrow({ where: { provider: 'alipay' } });
    const providerReference = `=${capture.providerReference}`;
    await client.capture.update({ where: { id: capture.id }, data: { providerReference } });
    const [html, csv] = ['report.html', 'report.csv'].map((name) => join(hutong.dataDir, name));
    const { text, code } = await run(
      'reconcile',
      'eleme',
      'alipay',
      day,
      '--wait',
      '--again',
      '--html',
      html!,
      '--csv',
      csv!,
    );
    expect(code).toBe(1);
    expect(text).toMatch(/missing_here\s+│ payment/);
    expect(text).toMatch(/missing_there\s+│ payment/);
    expect(readFileSync(csv!, 'utf8')).toContain(`'${providerReference}`);
    const page = readFileSync(html!, 'utf8');
    expect(page).toContain('<th scope="col"');
    expect(page).toContain(capture.providerReference);
  });

  it('ends with 2 while there is no statement, and says when it is asked for again', async () => {
    const rule = { match: { operation: 'bill' }, phase: 'after', action: 'status', status: 503, times: 5 };
    await world.payer.faults([rule]);
    const { text, code } = await run('reconcile', 'eleme', 'alipay', before, '--wait', '--again');
    await world.payer.faults([]);
    expect(code).toBe(2);
    expect(text).toContain('the statement could not be read');
    expect(text).toContain('next try');
  });

  it('takes no app that there is not', async () => {
    await expect(hutong.run('reconcile', 'nobody', 'alipay', day)).rejects.toThrow('No app nobody.');
  });
});
