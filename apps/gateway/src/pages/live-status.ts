import { createHash } from 'node:crypto';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { EventStream } from './cashier/event-stream.js';
import { isOver, MOST_WATCHERS, type PaymentWatch } from './cashier/payment-watch.js';
import { statusTag, type LiveStatus } from './cashier/standing.js';

/** Answers how it stands now; 304 to whoever knows. */
export function sendStatus({ headers }: GatewayRequest, reply: GatewayReply, status: LiveStatus) {
  const tag = statusTag(status);
  void reply.header('etag', tag).header('cache-control', 'no-cache').header('x-content-type-options', 'nosniff');
  if (headers['if-none-match'] === tag) return reply.status(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(status));
}

export interface LiveSource {
  /** Watchers of one thing share one look into the database. */
  readonly key: string;
  readonly status: LiveStatus;
  /** Looks again; absent: the cashier's payment of this key. */
  readonly look?: () => Promise<LiveStatus | undefined>;
}

/** Server-sent events: the status as it is, then each change. Whoever finds no place asks for the status now and then. */
export function sendEvents(reply: GatewayReply, watch: PaymentWatch, { key, status, look }: LiveSource) {
  const stream = new EventStream(reply.raw);
  const stop = isOver(status) ? () => undefined : watch.watch(key, status, stream, look);
  if (stop === undefined) return tooManyWatchers(reply);
  reply.hijack();
  stream.begin(status);
  if (isOver(status)) return stream.ended();
  reply.raw.once('close', () => {
    stop();
    stream.ended();
  });
}

/** Changes whenever one of these does, and tells nothing of them. */
export function revisionOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

function tooManyWatchers(reply: GatewayReply) {
  return reply
    .status(503)
    .header('retry-after', '30')
    .header('content-type', 'text/plain; charset=utf-8')
    .send(`At most ${MOST_WATCHERS.perPayment} pages watch one payment at a time; ask for its status instead.`);
}
