import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyCell, openTestDatabase, type TestDatabase } from './testing.js';

const LEASE_MS = 60_000;

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

const claim = (key: string, fingerprint = 'same', leaseMs = LEASE_MS, app = 'shop') =>
  test.stores.idempotency.claim(app, key, fingerprint, leaseMs);

async function leaseOf(key: string, leaseMs = LEASE_MS): Promise<string> {
  const claimed = await claim(key, 'same', leaseMs);
  if (claimed.outcome !== 'claimed') throw new Error(`The key is ${claimed.outcome}.`);
  return claimed.lease;
}

describe('an idempotency key', () => {
  it('is claimed by one of many', async () => {
    const key = randomUUID();
    const outcomes = (await Promise.all(Array.from({ length: 10 }, () => claim(key)))).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'running')).toHaveLength(9);
  });

  it('answers again what it answered first, byte for byte', async () => {
    const key = randomUUID();
    const answer = { status: 201, body: '{"b":1,"a":"包子 \\u0000 🥟","n":1.0}' };
    const lease = await leaseOf(key);
    await test.stores.idempotency.complete('shop', key, answer);
    await test.stores.idempotency.complete('shop', key, { status: 500, body: 'late' });
    await test.stores.idempotency.release('shop', key, lease);
    expect(await claim(key)).toEqual({ outcome: 'replay', answer });
    expect(await claim(key, 'same', -1)).toEqual({ outcome: 'replay', answer });
  });

  it('is refused for another request, running or done, and stays as it was', async () => {
    const key = randomUUID();
    await claim(key, 'same', -1);
    expect(await claim(key, 'other')).toEqual({ outcome: 'mismatch' });
    await test.stores.idempotency.complete('shop', key, { status: 200, body: '{}' });
    expect(await claim(key, 'other')).toEqual({ outcome: 'mismatch' });
    expect((await claim(key)).outcome).toBe('replay');
  });

  it('keeps an answer that shows a secret sealed, and repeats it all the same', async () => {
    const key = randomUUID();
    await claim(key);
    const body = JSON.stringify({ secret: 'whsec_canary' });
    await test.stores.idempotency.complete('shop', key, { status: 201, body, holdsSecret: true });
    expect(await claim(key)).toEqual({ outcome: 'replay', answer: { status: 201, body } });
    expect(await everyCell(test.database.client)).not.toContain('canary');
  });

  it('belongs to its app', async () => {
    const key = randomUUID();
    await claim(key);
    expect(await claim(key, 'other', LEASE_MS, 'market')).toMatchObject({ outcome: 'claimed' });
  });

  it('may be taken over, by one, when its holder died', async () => {
    const key = randomUUID();
    await claim(key, 'same', -1);
    const outcomes = (await Promise.all(Array.from({ length: 5 }, () => claim(key)))).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
  });

  it('may be claimed again after it was released', async () => {
    const key = randomUUID();
    await test.stores.idempotency.release('shop', key, await leaseOf(key));
    expect(await claim(key, 'other')).toMatchObject({ outcome: 'claimed' });
  });

  it('stays with whoever took it over when the late holder gives up', async () => {
    const key = randomUUID();
    const late = await leaseOf(key, -1);
    await claim(key);
    await test.stores.idempotency.release('shop', key, late);
    expect(await claim(key)).toEqual({ outcome: 'running' });
  });

  it('is forgotten after seven days', async () => {
    const [old, recent] = [randomUUID(), randomUUID()];
    for (const key of [old, recent]) await claim(key);
    const days = (count: number) => new Date(Date.now() - count * 86_400_000);
    await test.database.client.idempotencyKey.updateMany({ where: { key: old }, data: { createdAt: days(7.1) } });
    await test.database.client.idempotencyKey.updateMany({ where: { key: recent }, data: { createdAt: days(6.9) } });
    expect(await test.stores.idempotency.purge()).toBe(1);
    expect((await claim(old)).outcome).toBe('claimed');
    expect((await claim(recent)).outcome).toBe('running');
  });
});
