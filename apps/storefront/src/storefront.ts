import { createHutong, type Hutong } from '@hutong/client';
import Fastify, { type FastifyInstance } from 'fastify';
import { Orders } from './orders.js';
import { addForms } from './forms.js';
import { addPages } from './routes/pages.js';
import { addOrders } from './routes/orders.js';
import { addStatic } from './routes/assets.js';
import { addWebhooks } from './routes/webhooks.js';
import { showFailures } from './routes/failures.js';
import type { Lang } from './reader.js';
import type { ShopKeys } from './shop-keys.js';

export interface StorefrontParts {
  /** Where payers reach this server, without a trailing slash. */
  readonly baseUrl: string;
  /** Where the gateway is. */
  readonly gatewayUrl: string;
  /** Where the sandbox's phone is. */
  readonly sandboxUrl: string;
  readonly keys: ShopKeys;
  /** The secrets of each shop's webhook endpoint; a shop without any receives no webhooks. */
  readonly webhookSecrets?: Readonly<Record<string, readonly string[]>>;
}

/** What the routes work with. */
export interface Street {
  readonly parts: StorefrontParts;
  readonly orders: Orders;
  /** The gateway as this shop's own app sees it. */
  hutong(app: string, lang: Lang): Hutong;
}

/** Builds the thirteen shops; the caller listens and closes. */
export function createStorefront(parts: StorefrontParts): FastifyInstance {
  const server = Fastify({ bodyLimit: 64 * 1_024, forceCloseConnections: true });
  const street: Street = {
    parts,
    orders: new Orders(),
    hutong: (app, lang) =>
      createHutong({
        baseUrl: parts.gatewayUrl,
        apiKey: parts.keys[app] ?? '',
        language: lang === 'en' ? 'en' : 'zh-CN',
      }),
  };
  addForms(server, parts);
  showFailures(server);
  addStatic(server);
  addPages(server);
  addOrders(server, street);
  addWebhooks(server, street);
  return server;
}
