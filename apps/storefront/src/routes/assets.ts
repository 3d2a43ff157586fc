import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { textOn } from '../pages/formats.js';
import { SHOPS } from '../shops/shops.js';

const file = (name: string): string => readFileSync(new URL(`../pages/${name}`, import.meta.url), 'utf8');

/** The shops' colours: the page's policy allows no style in the markup. */
function brands(): string {
  return SHOPS.map(({ app, color }) => `[data-app=${app}]{--brand:${color};--on-brand:${textOn(color)}}`).join('\n');
}

/** Style and script of the pages, and what watches over the server. */
export function addStatic(server: FastifyInstance): void {
  const assets = [
    ['shop.css', 'text/css', file('shop.css')],
    ['brands.css', 'text/css', brands()],
    ['order.js', 'text/javascript', file('order.js')],
  ] as const;
  for (const [name, type, content] of assets) {
    server.get(`/assets/${name}`, async (_request, reply) => reply.type(`${type}; charset=utf-8`).send(content));
  }
  server.get('/health/ready', async () => ({ status: 'ok' }));
}
