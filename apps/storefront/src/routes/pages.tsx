import type { FastifyInstance } from 'fastify';
import { ShopPage } from '../pages/shop-page.js';
import { StreetPage } from '../pages/street-page.js';
import { readerOf } from '../reader.js';
import { sendPage, shopIn } from './answer.js';

/** The street and its shops: nothing here asks the gateway. */
export function addPages(server: FastifyInstance): void {
  server.get('/', async (request, reply) => sendPage(reply, <StreetPage reader={readerOf(request, reply)} />));
  server.get('/:app', async (request, reply) => {
    const shop = shopIn(request);
    return sendPage(reply, <ShopPage shop={shop} reader={readerOf(request, reply)} />);
  });
}
