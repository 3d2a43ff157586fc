import type { ServerResponse } from 'node:http';
import type { StatusView } from './standing.js';
import type { Watcher } from './payment-watch.js';

/** Proxies close what stays silent for a minute. */
const HEARTBEAT_MS = 15_000;

/** Server-sent events of one payment: the status as it is, then each change, then the end. */
export class EventStream implements Watcher {
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    private readonly response: ServerResponse,
    first: StatusView,
  ) {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    response.write('retry: 5000\n\n');
    this.changed(first);
    this.#heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS).unref();
  }

  changed(status: StatusView): void {
    this.response.write(`data: ${JSON.stringify(status)}\n\n`);
  }

  ended(): void {
    clearInterval(this.#heartbeat);
    this.response.end();
  }
}
