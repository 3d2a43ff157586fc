import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedSender, type GuardedSenderOptions, type Resolve } from './guarded-sender.js';

/** A server on loopback that nothing may reach unless it is told to; it counts connections, not only requests. */
let server: Server;
let port: number;
let connections = 0;
let requests: { readonly host: string; readonly body: string; readonly headers: IncomingMessage['headers'] }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
  response.writeHead(204).end();

beforeEach(async () => {
  connections = 0;
  requests = [];
  answer = (_, response) => response.writeHead(204).end();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers } = request;
      requests.push({ host: headers.host ?? '', body: Buffer.concat(chunks).toString(), headers });
      answer(request, response);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

async function selfSigned(name: string) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${name}`,
      keys,
      signingAlgorithm: algorithm,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    },
    webcrypto as Parameters<typeof X509CertificateGenerator.create>[1],
  );
  const key = KeyObject.from(keys.privateKey).export({ format: 'pem', type: 'pkcs8' });
  return { key, cert: certificate.toString('pem') };
}

const send = (url: string, options: Partial<GuardedSenderOptions> = {}) =>
  guardedSender({ development: true, ...options }).send(url, { 'webhook-id': 'evt_1' }, '{"互":1}');
const resolveTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses;

describe('a message', () => {
  it('arrives byte for byte at the address that was judged, under the name that was asked for', async () => {
    expect(await send(`http://shop.example:${port}/hook?a=1`, { resolve: resolveTo('127.0.0.1') })).toEqual({
      status: 204,
    });
    expect(requests).toMatchObject([
      { host: `shop.example:${port}`, body: '{"互":1}', headers: { 'webhook-id': 'evt_1', 'content-length': '9' } },
    ]);
  });

  it.each([200, 204, 299, 400, 404, 410, 429, 500, 503])('is answered with %i', async (status) => {
    answer = (_, response) => response.writeHead(status, { 'retry-after': '7' }).end('no');
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status, retryAfter: '7' });
  });

  it.each([301, 302, 303, 307, 308])('that is redirected by %i goes nowhere else', async (status) => {
    answer = (_, response) => response.writeHead(status, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status });
    expect(requests).toHaveLength(1);
  });

  it('counts as answered once 16 kB were read, however long the answer goes on', async () => {
    let written = 0;
    answer = (_, response) => {
      const more = (): void => {
        written += 65_536;
        if (!response.destroyed && response.write(Buffer.alloc(65_536))) setImmediate(more);
      };
      response.on('drain', more);
      more();
    };
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 200 });
    expect(written).toBeLessThan(64 * 1_048_576);
  });

  it('is not acknowledged by an answer that is reset after its status', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.resetAndDestroy());
    };
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ error: 'answer_cut_off' });
  });

  it('is not acknowledged by a connection that closes without a word', async () => {
    answer = (request) => request.socket.destroy();
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ error: 'answer_cut_off' });
  });

  it('is not acknowledged by a change of protocol', async () => {
    answer = (request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n');
    };
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ error: 'answer_cut_off' });
  });

  it('is acknowledged by an answer that ends with its connection', async () => {
    answer = (request) => {
      request.socket.end('HTTP/1.0 200 OK\r\n\r\nfine');
    };
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 200 });
  });

  it.each([
    ['never answers', () => undefined],
    ['never ends its answer', (response: ServerResponse) => void response.writeHead(200).write('a')],
  ])('times out as a whole when the receiver %s', async (_, behave) => {
    answer = (__, response) => behave(response);
    expect(await send(`http://127.0.0.1:${port}/`, { timeoutMs: 100 })).toEqual({ error: 'timed_out' });
  });

  it('times out when the look-up hangs', async () => {
    const resolve: Resolve = () => new Promise(() => undefined);
    expect(await send(`http://shop.example:${port}/`, { resolve, timeoutMs: 50 })).toEqual({ error: 'timed_out' });
  });

  it('is not sent to a port where nobody listens', async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
    const { port: free } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    expect(await send(`http://127.0.0.1:${free}/`)).toEqual({ error: 'not_connected' });
  });

  it('is not sent to a server without a certificate that holds', async () => {
    expect(await send(`https://127.0.0.1:${port}/`)).toEqual({ error: 'tls_failed' });
    expect(requests).toEqual([]);
  });
});

describe('a certificate', () => {
  it('that no authority vouches for is refused before a byte of the message is sent', async () => {
    const seen: string[] = [];
    const { key, cert } = await selfSigned('shop.example');
    const secure = createSecureServer({ key, cert }, (request, response) => {
      seen.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((done) => secure.listen(0, '127.0.0.1', done));
    const { port: securePort } = secure.address() as AddressInfo;
    const resolve = resolveTo('127.0.0.1');
    expect(await send(`https://shop.example:${securePort}/`, { resolve })).toEqual({ error: 'tls_failed' });
    expect(seen).toEqual([]);
    await new Promise((done) => secure.close(done));
  });
});

describe('a name', () => {
  it('that leads elsewhere once it was judged is looked up once: the connection goes where the judgement was', async () => {
    const answers = ['127.0.0.1', '169.254.169.254'];
    let asked = 0;
    const resolve: Resolve = async () => [answers[Math.min(asked++, 1)]!];
    expect(await send(`http://rebind.example:${port}/`, { resolve, timeoutMs: 2_000 })).toEqual({ status: 204 });
    expect(await send(`http://rebind.example:${port}/`, { resolve })).toEqual({ error: 'address_refused' });
    expect(asked).toBe(2);
    expect(connections).toBe(1);
  });

  it.each([
    ['one private address among public ones', ['203.0.112.7', '10.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a mapped loopback', ['::ffff:127.0.0.1']],
    ['loopback', ['127.0.0.1']],
    ['something that is no address', ['localhost']],
  ])('with %s is refused in production', async (_, addresses) => {
    const resolve = resolveTo(...addresses);
    expect(await send(`https://a.example:${port}/`, { development: false, resolve })).toEqual({
      error: 'address_refused',
    });
    expect(connections).toBe(0);
  });

  it('with the metadata service or a private address is refused in development too', async () => {
    for (const address of ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '192.168.1.1', '::ffff:127.0.0.1'])
      expect(await send(`http://a.example:${port}/`, { resolve: resolveTo(address) })).toEqual({
        error: 'address_refused',
      });
    expect(connections).toBe(0);
  });

  it('that could not be looked up is judged anew when it can', async () => {
    const answers: (() => readonly string[])[] = [
      () => {
        throw new Error('SERVFAIL');
      },
      () => [],
      () => ['10.0.0.1'],
    ];
    const resolve: Resolve = async () => answers.shift()!();
    const errors = [];
    for (let i = 0; i < 3; i += 1) errors.push(await send(`http://a.example:${port}/`, { resolve }));
    expect(errors).toEqual([{ error: 'lookup_failed' }, { error: 'lookup_failed' }, { error: 'address_refused' }]);
    expect(connections).toBe(0);
  });
});
