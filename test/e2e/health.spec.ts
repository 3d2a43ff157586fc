import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['taote']);
});
afterAll(() => world.close());

const ask = async (path: string) => {
  const response = await fetch(world.url + path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('health', () => {
  it('is live and ready without a key', async () => {
    expect(await ask('/health/live')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask('/health/ready')).toMatchObject({
      status: 200,
      body: { details: { database: { status: 'up' } } },
    });
  });

  it('is live but not ready once the database is gone, and takes no notification for done', async () => {
    const accounts = await world.stores.config.listAccounts('taote');
    await world.stores.close();
    expect((await ask('/health/live')).status).toBe(200);
    expect(await ask('/health/ready')).toMatchObject({ status: 503, body: { code: 'not_ready' } });
    const notified = await fetch(`${world.url}/notifications/alipay/${accounts[0]?.id}`, {
      method: 'POST',
      body: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(notified.status).toBeGreaterThanOrEqual(500);
    expect(await notified.text()).not.toBe('success');
  });
});
