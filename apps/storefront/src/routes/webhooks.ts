import type { FastifyInstance } from 'fastify';
import { receiveWebhook } from '../integration/webhooks.js';
import type { Street } from '../storefront.js';
import { NoSuchPage, shopIn } from './answer.js';

/** Where the gateway reports what happened. The body stays as it came: its bytes are what is signed. */
export function addWebhooks(server: FastifyInstance, { parts, orders }: Street): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post('/:app/webhooks', async (request, reply) => {
      const { app } = shopIn(request);
      const secrets = parts.webhookSecrets?.[app] ?? [];
      if (secrets.length === 0) throw new NoSuchPage();
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const { status, message } = await receiveWebhook(
        { headers: single(request.raw.rawHeaders), body },
        secrets,
        (event) => orders.note(app, event),
      );
      return reply.status(status).type('text/plain; charset=utf-8').send(message);
    });
  });
}

/** Headers as they came, so that one which came twice is seen to. */
function single(raw: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const headers: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (let at = 0; at < raw.length; at += 2) (headers[(raw[at] ?? '').toLowerCase()] ??= []).push(raw[at + 1] ?? '');
  return headers;
}
