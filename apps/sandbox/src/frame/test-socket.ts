import { connect } from 'node:net';

/** An answer as it came over the line. */
export interface LineAnswer {
  /** 0: the connection ended without an answer. */
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface LineRequest {
  readonly method: string;
  /** The request target; sent as it is, whatever bytes it has. */
  readonly target: string;
  /** Header lines, names and values as they are; `Host`, `Connection: close` and the length are added. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
}

const PATIENCE_MS = 5_000;

/** For specs: a request byte by byte, past every client that would refuse to send it. @throws Error when nothing comes back */
export function overTheLine(url: string, request: LineRequest): Promise<LineAnswer> {
  return sendBytes(url, bytesOf(request));
}

/** Sends `bytes` and reads until the server ends the connection. @throws Error when it doesn't within five seconds */
export function sendBytes(url: string, bytes: Uint8Array): Promise<LineAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer: the connection hangs')));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses a body before it has read it resets the line behind its answer.
    socket.on('error', (cause: NodeJS.ErrnoException) =>
      cause.code === 'ECONNRESET' || cause.code === 'EPIPE' ? resolve(answerOf(chunks)) : reject(cause),
    );
    socket.on('close', () => resolve(answerOf(chunks)));
  });
}

function bytesOf({ method, target, headers = [], body = new Uint8Array() }: LineRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const length = `Host: sandbox\r\nConnection: close\r\nContent-Length: ${body.length}`;
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${length}\r\n${lines}\r\n`, 'latin1'), body]);
}

function answerOf(chunks: readonly Buffer[]): LineAnswer {
  const bytes = Buffer.concat(chunks);
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, Math.max(end, 0)).toString('latin1');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    type: /^content-type: *(.*)$/im.exec(head)?.[1]?.trim() ?? '',
    body: end < 0 ? '' : bytes.subarray(end + 4).toString('utf8'),
  };
}
