import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Merchant } from './support/merchant.js';
import { startWorld, type World } from './support/world.js';

/** How soon a change that one gateway takes is in force at another, as the README states it. */
const SEEN_WITHIN_MS = 2_000;

let world: World;
let there: { readonly url: string };
beforeAll(async () => {
  world = await startWorld(['eleme']);
  there = await world.replica();
});
afterAll(() => world.close());

const OPTIONS = '/admin/v1/apps/eleme/options';
const QUERY = '/v1/payment-methods?amount=1299&scene=app';

describe('a change at one gateway', () => {
  it('of options is seen at another', async () => {
    const merchant = new Merchant(there.url, world.merchant('eleme').key);
    const seen = async () => (await merchant.get(QUERY)).body.config_version;
    const before = await seen();
    const { headers, body } = await world.admin.get(OPTIONS);
    const document = { options: body.options.toReversed() };
    await world.admin.put(OPTIONS, document, { 'if-match': headers.get('etag') ?? '' });
    expect(await world.until(seen, (version) => version !== before, SEEN_WITHIN_MS)).toBe(before + 1);
  });

  it('of keys is seen at another: a new one at once, a revoked one soon', async () => {
    const { body: key } = await world.admin.post('/admin/v1/apps/eleme/keys', {});
    const caller = new Merchant(there.url, key.key);
    expect((await caller.get(QUERY)).status).toBe(200);
    await world.admin.delete(`/admin/v1/apps/eleme/keys/${key.id}`);
    const status = await world.until(
      async () => (await caller.get(QUERY)).status,
      (it) => it !== 200,
      SEEN_WITHIN_MS,
    );
    expect(status).toBe(401);
  });

  it('cannot be made from a version that another gateway has changed since', async () => {
    const admin = new Merchant(there.url, world.admin.key);
    const { headers, body } = await admin.get(OPTIONS);
    const tag = headers.get('etag') ?? '';
    const document = { options: body.options.toReversed() };
    const replies = await Promise.all([admin, world.admin].map((it) => it.put(OPTIONS, document, { 'if-match': tag })));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });
});
