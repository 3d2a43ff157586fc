import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Child } from 'hono/jsx';
import { html } from '../pages/page.js';
import type { Shop } from '../shops/shop.js';
import { shopOf } from '../shops/shops.js';

/** There is no page for this address. */
export class NoSuchPage extends Error {
  override readonly name = 'NoSuchPage';
}

/** @throws NoSuchPage */
export function shopIn(request: FastifyRequest): Shop {
  const shop = shopOf((request.params as { readonly app: string }).app);
  if (shop === undefined) throw new NoSuchPage();
  return shop;
}

/** Pages are somebody's own and are kept nowhere. */
export function sendPage(reply: FastifyReply, page: Child, status = 200): FastifyReply {
  return reply
    .status(status)
    .headers({ 'cache-control': 'no-store', vary: 'accept-language, cookie' })
    .type('text/html; charset=utf-8')
    .send(html(page));
}
