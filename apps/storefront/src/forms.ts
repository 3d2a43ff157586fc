import type { FastifyInstance } from 'fastify';
import type { StorefrontParts } from './storefront.js';

/** A form that another site's page sent here. */
export class ForeignForm extends Error {
  override readonly name = 'ForeignForm';
}

/**
 * What browsers may do with these pages, and what the shops take from them: fields of forms, from their own pages only.
 * Forms may lead on to the gateway and to the wallet, where payers pay.
 */
export function addForms(server: FastifyInstance, { gatewayUrl, sandboxUrl }: StorefrontParts): void {
  const onwards = [gatewayUrl, sandboxUrl].map((url) => new URL(url).origin).join(' ');
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    `form-action 'self' ${onwards}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  server.addHook('onSend', async (_request, reply) => {
    void reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
  });
  server.addHook('onRequest', async ({ headers, method }) => {
    const site = headers['sec-fetch-site'];
    if (method === 'POST' && site !== undefined && site !== 'same-origin' && site !== 'none') throw new ForeignForm();
  });
  const fields = { parseAs: 'string' } as const;
  server.addContentTypeParser('application/x-www-form-urlencoded', fields, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
}

/** One field of a form; empty when it is not there, or there more than once. */
export function field(body: unknown, name: string): string {
  const values = body instanceof URLSearchParams ? body.getAll(name) : [];
  return values.length === 1 ? (values[0] ?? '') : '';
}
