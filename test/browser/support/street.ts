import { createStorefront, webhookSecretsOf } from '@hutong/storefront';
import { chromium, type Browser as Chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { freePort } from '../../../scripts/free-port.mjs';
import { startWorld, type World } from '../../e2e/support/world.js';
import { openVisitor, type Visitor, type VisitorWish } from './visitor.js';

/** A whole Hutong with its shops, and a real browser that people look at it with. */
export interface Street extends World {
  readonly shopUrl: string;
  /** Somebody with a browser of their own: their own cookies, their own phone. */
  visitor(wish?: VisitorWish): Promise<Visitor>;
}

/**
 * Opens a street of these apps for the specs of one file. After each test all browsers are closed, and whatever went wrong in
 * one beside what the test looked at (an error in the console, a request to a third party, an answer that failed) fails it.
 */
export function useStreet(apps: readonly string[]): () => Street {
  let street: Street | undefined;
  let chromiumOf: Chromium | undefined;
  let closeShops = async () => {};
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    const [world, browser] = await Promise.all([startWorld(apps), launch()]);
    chromiumOf = browser;
    const shops = await openShops(world, apps);
    closeShops = shops.close;
    const origins = [world.url, world.sandboxUrl, shops.url];
    street = {
      ...world,
      shopUrl: shops.url,
      async visitor(wish = {}) {
        const visitor = await openVisitor(browser, origins, wish);
        visitors.push(visitor);
        return visitor;
      },
    };
  });

  afterEach(async () => {
    const all = visitors.splice(0);
    const troubles = all.flatMap(({ troubles }) => troubles);
    await Promise.all(all.map((visitor) => visitor.leave()));
    await street?.payer.faults([]);
    if (troubles.length > 0) throw new Error(`The browser had trouble:\n${troubles.join('\n')}`);
  });

  afterAll(async () => {
    await chromiumOf?.close();
    await closeShops();
    await street?.close();
  });

  return () => {
    if (street === undefined) throw new Error('The street opens before the first test.');
    return street;
  };
}

async function launch(): Promise<Chromium> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium here: run this as `npm run test:browser`.');
  return chromium.launch({ executablePath });
}

async function openShops(world: World, apps: readonly string[]) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const keys = Object.fromEntries(apps.map((app) => [app, world.merchant(app).key]));
  const parts = { baseUrl, gatewayUrl: world.url, sandboxUrl: world.sandboxUrl, keys };
  const shops = createStorefront({ ...parts, webhookSecrets: await webhookSecretsOf(parts) });
  await shops.listen({ port, host: '127.0.0.1' });
  return { url: baseUrl, close: async () => void (await shops.close()) };
}
