import { randomBytes } from 'node:crypto';
import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { hashKey, keyPrefix, mintKey, newId, type CoreContext, type KeyRole, type Stores } from '@hutong/payment-core';
import { openStores } from '@hutong/payment-store';
import { readSettings } from '@hutong/settings';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminOnly, NeedsRole } from '../../auth/access.js';
import { methods, providers } from '../../composition-root.js';
import { Draining } from '../../lifecycle/draining.js';
import { createGateway, type GatewayParts } from '../../gateway.js';
import { paymentMethodsLane } from '../../methods/payment-methods.lane.js';
import { PaymentMethodsQuery } from '../../methods/payment-methods.query.js';
import { providerTools } from '../../provider-tools.js';
import { byteString } from './byte-string.js';
import { shortcutOf, type FastLane } from './fast-lane.js';

const BY = { actor: 'test' };
const PATH = '/v1/payment-methods';

let stores: Stores;
let ordinary: NestFastifyApplication;
let quick: NestFastifyApplication;
let keys: Readonly<Record<'merchant' | 'reader' | 'admin' | 'revoked' | 'nothing', string>>;
/** Answers that the lane gave. */
let taken = 0;

beforeAll(async () => {
  stores = await openStores({ memory: true, masterKey: randomBytes(32) });
  keys = await seed();
  ordinary = await gatewayWith({ lanes: () => [] });
  quick = await gatewayWith({ lanes: (core) => [counted(paymentMethodsLane(core))] });
});
afterAll(async () => {
  await Promise.all([ordinary.close(), quick.close()]);
  await stores.close();
});

async function gatewayWith(more: Pick<GatewayParts, 'lanes' | 'controllers'>): Promise<NestFastifyApplication> {
  const settings = readSettings({ LOG_LEVEL: 'silent', HUTONG_ROLE: 'api', DATABASE_URL: 'postgres://none' });
  const app = await createGateway({ settings, stores, providers, methods, tools: providerTools, ...more });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

function counted<Q extends object>(lane: FastLane<Q>): FastLane<Q> {
  return {
    ...lane,
    answer: (...asked) => {
      const text = lane.answer(...asked);
      if (text !== undefined) taken += 1;
      return text;
    },
  };
}

async function seed() {
  for (const id of ['shop', 'bare']) {
    const name = { 'zh-CN': '店', en: 'Shop' };
    await stores.config.saveApp({ id, name, branding: { color: '#112233', mark: '店' }, returnOrigins: [] }, BY);
  }
  for (const { id: provider } of providers)
    await stores.config.addAccountVersion({ app: 'shop', provider, ref: 'main', settings: {} }, [], BY);
  const badge = { 'zh-CN': '“立减”\u2028', en: '"5 off", \\' };
  const testers = { status: 'pending_review', testers: ['u1'] } as const;
  const options = [
    { method: 'wechat_pay', status: 'live', preselect: true, badge, minClient: { app: '8.0.0' } },
    { method: 'alipay', status: 'live', amount: { min: 100, max: 500_000 }, segments: { except: ['vip'] } },
    { method: 'duoduo_wallet', ...testers, fold: true, help: { 'zh-CN': '余额', en: 'Balance' } },
  ] as const;
  const order = [{ when: { segment: 'new' }, putFirst: ['alipay'] }];
  await stores.config.addOptions({ app: 'shop', providers: {}, options, order }, BY);
  return {
    merchant: await addKey('shop', 'merchant'),
    reader: await addKey('shop', 'reader'),
    admin: await addKey(null, 'owner'),
    revoked: await addKey('shop', 'merchant', true),
    nothing: await addKey('bare', 'merchant'),
  };
}

async function addKey(app: string | null, role: KeyRole, revoked = false): Promise<string> {
  const secret = mintKey(app === null ? 'ha_' : 'hk_test_');
  const key = { id: newId('key'), app, role, prefix: keyPrefix(secret), createdAt: new Date() };
  await stores.config.addKey(key, hashKey(secret), BY);
  if (revoked) await stores.config.revokeKey(key.id, BY);
  return secret;
}

interface Asked {
  readonly method: 'GET' | 'HEAD';
  readonly query: string;
  readonly headers: Record<string, string>;
}

/** All that a caller can see, without what differs between any two answers. */
async function seen(app: NestFastifyApplication, { method, query, headers }: Asked) {
  const { statusCode, headers: answered, rawPayload } = await app.inject({ method, url: `${PATH}${query}`, headers });
  const { date: _, ...rest } = answered;
  const body = rawPayload.toString('latin1').replace(/"request_id":"req_[^"]*"/, '"request_id":""');
  return { statusCode, headers: { ...rest, 'content-length': statusCode < 400 && rest['content-length'] }, body };
}

const FIELDS = [
  'amount',
  'currency',
  'scene',
  'payer_id',
  'segments',
  'explain',
  'user_agent',
  'client_version',
  'page_url',
  'client_app_id',
  'referrer_policy',
  'unheard_of',
  'amount[]',
  'amount.',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'Amount',
  '%61mount',
  '',
];
const VALUES = [
  '1299',
  '99',
  '0',
  '-1',
  '1e3',
  '1.0',
  '01',
  '+1299',
  '100000001',
  '9007199254740993',
  'CNY',
  'cny',
  'USD',

  'app',
  'mobile_web',
  'desktop_web',
  'moon',
  'true',
  'false',
  'u1',
  'vip',
  'new',
  'vip,new',
  'vip,vip',
  ',',
  'VIP',

  '8.2.0',
  '7.9',
  '8.2.0.1.1',
  'https://shop.example/a',
  'javascript:1',
  'origin',
  'Mozilla/5.0',
  '%00',
  '%E4%BD%A0',
  '%',
  '%zz',
  '%C3',
  '%ED%A0%80',
  '%2C',
  'a+b',
  'a%20b',
  '%0A',
  '',
  'null',
  'undefined',
  '[object Object]',
  '{}',
];
const field = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FIELDS) }, fc.string({ maxLength: 8 }).map(encoded));
const value = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...VALUES) }, fc.string({ maxLength: 80 }).map(encoded));
const WHOLE = ['amount=1299', 'scene=app'];
/** Most have what every question needs, so that many are valid; the rest comes before, between or after, and may come twice. */
const query = fc
  .tuple(
    fc.constantFrom(WHOLE, WHOLE, WHOLE, [], ['amount=1299'], [...WHOLE, ...WHOLE]),
    fc.array(fc.tuple(field, value, fc.constantFrom('=', '=', '=', '', '==')), { maxLength: 2 }),
    fc.constantFrom('&', '&', '&', '&&', ';'),
  )
  .chain(([base, more, glue]) => {
    const parts = [...base, ...more.map(([name, text, is]) => `${name}${is}${text}`)];
    const shuffled = fc.shuffledSubarray(parts, { minLength: parts.length });
    return shuffled.map((it) => (it.length === 0 ? '' : `?${it.join(glue)}`));
  });

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

type Named = keyof typeof keys;
const plainKey = fc.constantFrom<Named>('merchant', 'reader').map((it) => () => `Bearer ${keys[it]}`);
const authorization = fc.oneof(
  { weight: 6, arbitrary: plainKey },
  fc.constantFrom<Named>('admin', 'revoked', 'nothing').map((it) => () => `Bearer ${keys[it]}`),
  fc.constantFrom(
    () => '',
    () => keys.merchant,
    () => `bearer ${keys.merchant}`,
    () => `Bearer  ${keys.merchant}`,
    () => `Bearer ${keys.merchant} `,
    () => `Basic ${keys.merchant}`,
    () => `Bearer ${keys.merchant}0`,
    () => `Bearer ${mintKey('hk_test_')}`,
    () => `Bearer ${keys.merchant}, Bearer ${keys.merchant}`,
  ),
);
const language = fc.constantFrom(undefined, 'en', 'zh-CN', 'fr, en;q=0.5', 'en;q=0, *', ';;;q=,,');
const encoding = fc.constantFrom(undefined, undefined, undefined, undefined, 'identity', 'gzip');

/** What the lane is for. */
const plain = fc.tuple(
  fc.constant('GET'),
  fc.constant(`?${WHOLE.join('&')}`),
  plainKey,
  language,
  fc.constant(undefined),
);
const unusual = fc.tuple(fc.constantFrom('GET', 'GET', 'GET', 'HEAD'), query, authorization, language, encoding);

const asked: fc.Arbitrary<() => Asked> = fc
  .oneof({ weight: 1, arbitrary: plain }, { weight: 4, arbitrary: unusual })
  .map(([method, query, key, language, encoding]) => () => ({
    method: method as Asked['method'],
    query,
    headers: {
      authorization: key(),
      ...(language !== undefined && { 'accept-language': language }),
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
  }));

describe('the fast lane to the list of options', () => {
  it('answers, byte for byte, what the ordinary way answers, and refuses nothing itself', async () => {
    const statuses = new Map<number, number>();
    taken = 0;
    await fc.assert(
      fc.asyncProperty(asked, async (ask) => {
        const [short, long] = [await seen(quick, ask()), await seen(ordinary, ask())];
        statuses.set(long.statusCode, (statuses.get(long.statusCode) ?? 0) + 1);
        expect(short).toEqual(long);
      }),
      { numRuns: 1_500 },
    );
    expect([...statuses.keys()].toSorted()).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 415]));
    // Else the property would compare the ordinary way with itself.
    expect(taken).toBeGreaterThan(100);
  }, 120_000);

  it.each(['', '&payer_id=u1', '&segments=new', '&segments=new,vip', '&client_version=8.2.0&payer_id=u1'])(
    'is taken by a plain question (%s), in both languages',
    async (more) => {
      for (const language of ['en', 'zh-CN']) {
        const headers = { authorization: `Bearer ${keys.reader}`, 'accept-language': language };
        const ask: Asked = { method: 'GET', query: `?amount=1299&scene=app${more}`, headers };
        const before = taken;
        for (const _ of [1, 2, 3]) expect(await seen(quick, ask)).toEqual(await seen(ordinary, ask));
        // The first of a second may find nothing in memory.
        expect(taken).toBeGreaterThanOrEqual(before + 2);
      }
    },
  );

  it.each(['&explain=true', '&amount=1299', '&unheard_of=1', '&payer_id='])('is not taken with %s', async (more) => {
    const before = taken;
    const headers = { authorization: `Bearer ${keys.merchant}` };
    await seen(quick, { method: 'GET', query: `?amount=1299&scene=app${more}`, headers });
    expect(taken).toBe(before);
  });

  it('sees a change of the options at once, where it was made', async () => {
    const headers = { authorization: `Bearer ${keys.merchant}` };
    const ask: Asked = { method: 'GET', query: '?amount=1299&scene=app', headers };
    const before = await seen(quick, ask);
    const { app, providers: ruled, options, order } = (await stores.config.findOptions('shop'))!;
    await stores.config.addOptions({ app, providers: ruled, options: options.toReversed(), order }, BY);
    const after = await seen(quick, ask);
    expect(after).toEqual(await seen(ordinary, ask));
    expect(after.body).not.toBe(before.body);
  });

  it('is shut while the gateway drains, whose answers end their connections', async () => {
    const app = await gatewayWith({ lanes: (core) => [counted(paymentMethodsLane(core))] });
    const headers = { authorization: `Bearer ${keys.merchant}` };
    const ask: Asked = { method: 'GET', query: '?amount=1299&scene=app', headers };
    const open = await seen(app, ask);
    app.get(Draining).begin();
    const before = taken;
    const { headers: last, ...rest } = await seen(app, ask);
    expect(taken).toBe(before);
    expect({ ...rest, headers: { ...last, connection: open.headers['connection'] } }).toEqual(open);
    expect(last['connection']).toBe('close');
    await app.close();
  });

  it('leaves to the ordinary way what fails in it', async () => {
    const failing = (core: CoreContext): FastLane<PaymentMethodsQuery> => ({
      ...paymentMethodsLane(core),
      answer: () => {
        throw new Error('no memory');
      },
    });
    const app = await gatewayWith({ lanes: (core) => [failing(core)] });
    const headers = { authorization: `Bearer ${keys.merchant}` };
    const ask: Asked = { method: 'GET', query: '?amount=1299&scene=app', headers };
    expect(await seen(app, ask)).toEqual(await seen(ordinary, ask));
    await app.close();
  });
});

@Controller('v1/guarded')
class GuardedController {
  @Get()
  @UseGuards({ canActivate: () => false })
  list(@Query() query: PaymentMethodsQuery) {
    return query;
  }

  @Get('admin')
  @AdminOnly()
  admins() {
    return {};
  }

  @Get('merchant')
  @NeedsRole('merchant')
  merchants(@Query() query: PaymentMethodsQuery) {
    return query;
  }
}

const laneTo = (handler: string): FastLane<PaymentMethodsQuery> => ({
  controller: GuardedController,
  handler,
  query: PaymentMethodsQuery,
  answer: () => byteString('{}'),
});

describe('a fast lane', () => {
  it('stays shut before a route with a guard that it does not know', async () => {
    const app = await gatewayWith({ controllers: [GuardedController], lanes: () => [laneTo('list')] });
    const headers = { authorization: `Bearer ${keys.merchant}` };
    const { statusCode } = await app.inject({ url: '/v1/guarded?amount=1&scene=app', headers });
    expect(statusCode).toBe(403);
    await app.close();
  });

  it('keeps to the role that its route is marked with', async () => {
    const app = await gatewayWith({ controllers: [GuardedController], lanes: () => [laneTo('merchants')] });
    const statusOf = async (key: string) => {
      const url = '/v1/guarded/merchant?amount=1&scene=app';
      return (await app.inject({ url, headers: { authorization: `Bearer ${key}` } })).statusCode;
    };
    expect([await statusOf(keys.merchant), await statusOf(keys.reader)]).toEqual([200, 403]);
    await app.close();
  });

  it('is never made for a route of administrators', () => {
    expect(() => shortcutOf(laneTo('admins'), stores)).toThrow("not read with an app's key");
  });
});
