/**
 * The gateway with an app of 12 options and 40 rules, on an embedded database in memory, and beside its own routes one with
 * the same key and the same query but no policy, once as any route and once on a fast lane. Tells its address, and afterwards its processor time.
 */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Controller, Get, Query } from '@nestjs/common';
import { createGateway, gatewayLanes, methods, providers, providerTools } from '@hutong/gateway';
import { hashKey, keyPrefix, mintKey, newId } from '@hutong/payment-core';
import { openStores } from '@hutong/payment-store';
import { readSettings } from '@hutong/settings';
import { byteString } from '../../../apps/gateway/dist/http/fast-lane/byte-string.js';
import { PaymentMethodsQuery } from '../../../apps/gateway/dist/methods/payment-methods.query.js';
import { freePort } from '../../free-port.mjs';
import { METHODS, OPTIONS, ORDER, PROVIDER_RULES } from './app.mjs';

const APP = 'bench';
const BY = { actor: 'bench' };

/** What a route costs that reads the same question with the same key and decides nothing. */
class NoPolicyController {
  list(query) {
    return { object: 'list', config_version: 1, data: [], amount: query.amount };
  }
}
const method = Object.getOwnPropertyDescriptor(NoPolicyController.prototype, 'list');
Reflect.defineMetadata('design:paramtypes', [PaymentMethodsQuery], NoPolicyController.prototype, 'list');
Query()(NoPolicyController.prototype, 'list', 0);
Get()(NoPolicyController.prototype, 'list', method);
Controller('v1/no-policy')(NoPolicyController);

/** The same route once more, on a lane of its own as the list of options has one. */
class NoPolicyLaneController extends NoPolicyController {
  list(query) {
    return super.list(query);
  }
}
const laned = Object.getOwnPropertyDescriptor(NoPolicyLaneController.prototype, 'list');
Reflect.defineMetadata('design:paramtypes', [PaymentMethodsQuery], NoPolicyLaneController.prototype, 'list');
Query()(NoPolicyLaneController.prototype, 'list', 0);
Get()(NoPolicyLaneController.prototype, 'list', laned);
Controller('v1/no-policy-lane')(NoPolicyLaneController);

const noPolicyLane = {
  controller: NoPolicyLaneController,
  handler: 'list',
  query: PaymentMethodsQuery,
  answer: (_app, query) => byteString(JSON.stringify(NoPolicyController.prototype.list(query))),
};

const port = await freePort();
const settings = readSettings({
  PORT: String(port),
  LOG_LEVEL: 'silent',
  HUTONG_ROLE: 'api',
  DATABASE_URL: 'postgres://bench',
});
const stores = await openStores({ memory: true, masterKey: randomBytes(32) });
const app = await createGateway({
  settings,
  stores,
  providers,
  methods: [...methods, ...METHODS],
  tools: providerTools,
  controllers: [NoPolicyController, NoPolicyLaneController],
  lanes: (core) => [...gatewayLanes(core), noPolicyLane],
});
await app.listen(port, '127.0.0.1');
const key = await seed();

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ url: `http://127.0.0.1:${port}`, key, cpuSeconds: (user + system) / 1e6 });
});

/** Accounts need no keys that work: nothing is paid here. */
async function seed() {
  const name = { 'zh-CN': '量', en: 'Bench' };
  await stores.config.saveApp({ id: APP, name, branding: { color: '#112233', mark: '量' }, returnOrigins: [] }, BY);
  for (const { id } of providers)
    await stores.config.addAccountVersion({ app: APP, provider: id, ref: 'main', settings: {} }, [], BY);
  await stores.config.addOptions({ app: APP, providers: PROVIDER_RULES, options: OPTIONS, order: ORDER }, BY);
  const secret = mintKey('hk_test_');
  const kept = { id: newId('key'), app: APP, role: 'merchant', prefix: keyPrefix(secret), createdAt: new Date() };
  await stores.config.addKey(kept, hashKey(secret), BY);
  return secret;
}
