import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One message as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The bytes of the body as text. */
  readonly body: string;
  readonly id: string;
}

export type Behaviour = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

export const answers =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end('not for tenants');
export const hangs: Behaviour = () => undefined;
export const resetsAfter200: Behaviour = (response, request) => {
  response.writeHead(200, { 'content-length': '10' });
  response.write('half', () => request.socket.resetAndDestroy());
};

/** A merchant's webhook receiver, which behaves on each path as it is told; 204 where it was told nothing. */
export class Receiver {
  readonly arrived: Arrived[] = [];
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly server = createServer((request, response) => void this.take(request, response));

  static async listen(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((done) => receiver.server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  urlOf(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  on(path: string, behaviour: Behaviour): void {
    this.behaviours.set(path, behaviour);
  }

  at(path: string): readonly Arrived[] {
    return this.arrived.filter((it) => it.path === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const { headers } = request;
    this.arrived.push({
      path,
      headers,
      body: Buffer.concat(chunks).toString(),
      id: String(headers['webhook-id']),
    });
    (this.behaviours.get(path) ?? answers(204))(response, request, this.at(path).length);
  }
}
