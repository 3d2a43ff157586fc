import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What passes on one connection is shown to it; true cuts the connection when the far end answers next. */
export type CutWhen = (sent: Buffer) => boolean;

/**
 * A piece of wire between two programs on loopback, which can be cut. Each connection goes to one of the targets that
 * takes it; none: it is refused.
 */
export class Line {
  targets: readonly number[] = [];
  cuts = 0;
  #cutWhen: CutWhen | undefined;
  #next = 0;
  #port = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  constructor() {
    this.#server = createServer((near) => this.#join(near));
  }

  async listen(): Promise<number> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return this.port;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts one connection: at the first answer to what this recognises, which the near end then never sees. */
  cutAtAnswer(when: CutWhen): void {
    this.#cutWhen = when;
  }

  /** Cuts all that are open now. */
  cutAll(): void {
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  /** Nobody listens any more: a connection is refused before a byte of it has left. */
  async refuse(): Promise<void> {
    this.#port = this.port;
    await this.close();
  }

  /** Listens again, where it did. */
  async takeAgain(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(this.#port, '127.0.0.1', done));
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => this.#server.close(done));
    this.cutAll();
    await closed;
  }

  #join(near: Socket): void {
    this.#keep(near);
    this.#dial(near, this.targets.length);
  }

  /** The next target takes what the one before did not. */
  #dial(near: Socket, left: number): void {
    const port = this.targets[this.#next++ % Math.max(1, this.targets.length)];
    if (left === 0 || port === undefined) return void near.resetAndDestroy();
    const far = connect(port, '127.0.0.1');
    const refused = (): void => this.#dial(near, left - 1);
    far.once('error', refused);
    far.once('connect', () => {
      far.off('error', refused);
      this.#keep(far);
      this.#pass(near, far);
    });
    return undefined;
  }

  #pass(near: Socket, far: Socket): void {
    let doomed = false;
    near.on('data', (sent) => {
      if (this.#cutWhen?.(sent) === true) {
        doomed = true;
        this.#cutWhen = undefined;
      }
      far.write(sent);
    });
    far.on('data', (answer) => {
      if (!doomed) return void near.write(answer);
      this.cuts += 1;
      near.resetAndDestroy();
      far.destroy();
      return undefined;
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#open.delete(socket));
  }
}
