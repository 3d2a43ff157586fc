import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import sjson from 'secure-json-parse';
import { isPageRoute } from '../pages/form.js';
import { Refusal } from './refusal.js';

/** The largest body taken: a notification, or an account's settings with their certificates. */
export const BODY_LIMIT = 65_536;

/** Levels of lists and objects in a body; no request of ours has half as many. */
const DEEPEST = 32;

const RAW_ROUTES = '/notifications/';

/**
 * Keeps the bytes of every body as received: signatures and fingerprints cover bytes. JSON is parsed strictly
 * (`__proto__` refused) except for notifications, whose signature is checked first. Forms are read on pages only. Compressed
 * bodies are refused before anything could inflate them.
 */
export function registerBodyParsers(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRequest', (request, _, done) => done(refusalOfEncoded(request)));
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      request.rawBody = body;
      return isRaw(request) ? body : parseJson(body);
    },
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (isPageRoute(request.url)) return new URLSearchParams(body.toString('utf8'));
      if (!isRaw(request)) throw new Refusal(415, 'unsupported_media_type', 'Send application/json.');
      request.rawBody = body;
      return body;
    },
  );
}

function isRaw(request: FastifyRequest): boolean {
  return request.url.startsWith(RAW_ROUTES);
}

function refusalOfEncoded(request: FastifyRequest): Refusal | undefined {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return undefined;
  return new Refusal(415, 'unsupported_media_type', 'Send the body without Content-Encoding.');
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const value = strictJson(body);
  if (nestsDeeperThan(DEEPEST, value)) {
    throw new Refusal(400, 'invalid_request', `The body nests deeper than ${DEEPEST} levels.`);
  }
  return value;
}

/** Level by level, not by recursion: what validates and writes values recurses, and its stack ends. */
function nestsDeeperThan(most: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap((it) => (typeof it === 'object' && it !== null ? (Object.values(it) as unknown[]) : []));
  }
  return level.length > 0;
}

function strictJson(body: Buffer): unknown {
  try {
    return sjson.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), null, {
      protoAction: 'error',
      constructorAction: 'error',
    });
  } catch (error) {
    throw new Refusal(400, 'invalid_request', `The body is not JSON: ${unquoted((error as Error).message)}`);
  }
}

/** The parser may quote what stands around its problem (`Unexpected token 'x', ..."e": x28"... is not valid JSON`): a code, say. */
function unquoted(message: string): string {
  return message.replace(/, (?:\.\.\.)?".*$/s, '');
}
