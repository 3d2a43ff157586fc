import type { FastifyInstance } from 'fastify';
import type { Frame } from '../frame/frame.js';
import { escapeHtml } from '../frame/html.js';
import { PROVIDERS } from '../frame/provider.js';

const ENDPOINTS = ['accounts', 'trades', 'books', 'requests', 'notifications', 'faults', 'clock'];

/** `/` says what is here, `/health/ready` that it is usable. */
export function registerIndexPage(app: FastifyInstance, frame: Frame): void {
  app.get('/health/ready', async () => ({ status: 'ok' }));
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page(frame)));
}

function page(frame: Frame): string {
  const accounts = PROVIDERS.flatMap((provider) =>
    frame.accounts
      .shelf(provider)
      .all()
      .map(({ name }) => `<li>${provider}: ${escapeHtml(name)}</li>`),
  );
  const links = ENDPOINTS.map((name) => `<li><a href="/__sandbox/${name}">/__sandbox/${name}</a></li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Hutong sandbox</title></head>
<body><h1>Hutong sandbox</h1>
<p>Offline wallets for development and tests. No money moves here.</p>
<h2>Accounts</h2><ul>${accounts.join('')}</ul>
<h2>Control (this machine only)</h2><ul>${links.join('')}</ul>
</body></html>`;
}
