import type { ServerResponse } from 'node:http';
import type { Watcher } from './payment-watch.js';
import type { LiveStatus } from './standing.js';

/** Proxies close what stays silent for a minute. */
const HEARTBEAT_MS = 15_000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // A stream is the last thing on its connection: a gateway that closes need not wait for it to fall idle.
  connection: 'close',
  // For proxies that collect an answer before they pass it on.
  'x-accel-buffering': 'no',
};

/** Server-sent events of one payment, on the connection of one page. */
export class EventStream implements Watcher {
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(private readonly response: ServerResponse) {}

  begin(status: LiveStatus): void {
    this.response.writeHead(200, HEADERS);
    this.response.write('retry: 5000\n\n');
    this.changed(status);
    this.#heartbeat = setInterval(() => this.response.write(':\n\n'), HEARTBEAT_MS).unref();
  }

  changed(status: LiveStatus): void {
    this.response.write(`data: ${JSON.stringify(status)}\n\n`);
  }

  ended(): void {
    clearInterval(this.#heartbeat);
    this.response.end();
  }
}
