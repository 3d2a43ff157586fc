import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

/** Absolute-form request targets (a client that was given us as its HTTP proxy) lose scheme and host. */
const ABSOLUTE_FORM = /^https?:\/\/[^/?]*/i;

/** A Fastify that leaves every body as the bytes received and every path as it was written. */
export function rawServer(): FastifyInstance {
  const app = Fastify({
    forceCloseConnections: true,
    bodyLimit: 4 * 1_048_576,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
    rewriteUrl: (request) => originForm(request.url ?? '/'),
    frameworkErrors: (error, _request, reply) => refuseBare(error, reply),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // An unknown path is a bare 404 on these wires, for callers with and without a signature.
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  app.setErrorHandler((error, _request, reply) => refuseBare(error, reply));
  return app;
}

/** What no wire saw (a path that can't be decoded, a body too large) is refused without words: none of theirs would fit. */
function refuseBare(error: unknown, reply: FastifyReply): FastifyReply {
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  const known = typeof status === 'number' && status >= 400 && status < 500;
  if (!known) process.emitWarning(error instanceof Error ? error : String(error));
  return reply.code(known ? status : 500).send();
}

function originForm(target: string): string {
  if (!ABSOLUTE_FORM.test(target)) return target;
  const rest = target.replace(ABSOLUTE_FORM, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}
