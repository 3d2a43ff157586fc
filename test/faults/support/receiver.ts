import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

interface Heard {
  readonly app: string;
  readonly body: string;
  times: number;
}

/** Where the shops hear of their events: verifies each with the field's own library, and remembers what it was told. */
export class Receiver {
  /** By event id. */
  readonly heard = new Map<string, Heard>();
  /** What no signature of the shop's secret holds for, and what came again with other bytes. */
  readonly wrong: string[] = [];
  refuse: (nth: number) => boolean = () => false;
  #arrived = 0;
  readonly #secrets = new Map<string, string>();
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (this.refuse(++this.#arrived)) return void response.writeHead(503).end();
      this.#take(
        (request.url ?? '').slice(1),
        request.headers as Record<string, string>,
        Buffer.concat(chunks).toString(),
      );
      response.writeHead(204).end();
      return undefined;
    });
    request.on('error', () => undefined);
  });

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
  }

  urlFor(app: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${app}`;
  }

  trust(app: string, secret: string): void {
    this.#secrets.set(app, secret);
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => this.#server.close(done));
    this.#server.closeAllConnections();
    await closed;
  }

  #take(app: string, headers: Record<string, string>, body: string): void {
    const id = headers['webhook-id'] ?? '';
    try {
      new Webhook(this.#secrets.get(app) ?? '').verify(body, headers);
    } catch {
      this.wrong.push(`${id} does not verify`);
    }
    const before = this.heard.get(id);
    if (before !== undefined && before.body !== body) this.wrong.push(`${id} came again with other bytes`);
    if (before === undefined) this.heard.set(id, { app, body, times: 1 });
    else before.times += 1;
  }
}
