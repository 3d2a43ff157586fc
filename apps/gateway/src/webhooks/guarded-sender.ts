import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import type { SendError, SendResult, WebhookSender } from '@hutong/payment-core';
import { mayGoTo } from './outbound-address.js';
import { hostAddress, judgeUrl, type UrlRule } from './outbound-url.js';

/** Every address of a name. @throws when the name cannot be looked up */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface GuardedSenderOptions extends UrlRule {
  readonly resolve?: Resolve;
  /** For look-up, connection, request and whole answer together. */
  readonly timeoutMs?: number;
}

export const TIMEOUT_MS = 15_000;

/** Bytes of an answer that are read, to be thrown away. */
const MAX_ANSWER = 16_384;

export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * Posts to an address that somebody else chose, without being led astray: the name is looked up once, every address it has must be
 * one a webhook may go to, and the connection is made to the address that was judged, so that no second look-up can lead
 * elsewhere. Redirects are not followed, and no byte of the answer leaves this file.
 */
export function guardedSender({
  development,
  resolve = systemResolve,
  timeoutMs = TIMEOUT_MS,
}: GuardedSenderOptions): WebhookSender {
  return {
    async send(text, headers, body) {
      const signal = AbortSignal.timeout(timeoutMs);
      const verdict = judgeUrl(text, { development });
      if ('refused' in verdict) return { error: 'url_refused' };
      const { url } = verdict;
      const target = await addressOf(url, resolve, development, signal);
      if ('error' in target) return target;
      return exchange(url, target.address, headers, body, signal);
    },
  };
}

type Target = { readonly address: string } | { readonly error: SendError };

/** One look-up; a single address that is out of bounds is enough to refuse the name. */
async function addressOf(url: URL, resolve: Resolve, development: boolean, signal: AbortSignal): Promise<Target> {
  const literal = hostAddress(url);
  const addresses = literal === undefined ? await lookedUp(url.hostname, resolve, signal) : [literal];
  if (addresses === 'timed_out' || addresses === 'lookup_failed') return { error: addresses };
  const [address] = addresses;
  if (address === undefined) return { error: 'lookup_failed' };
  if (!addresses.every((it) => mayGoTo(it, { loopback: development }))) return { error: 'address_refused' };
  return { address };
}

async function lookedUp(hostname: string, resolve: Resolve, signal: AbortSignal) {
  const aborted = new Promise<'timed_out'>((done) => signal.addEventListener('abort', () => done('timed_out')));
  return Promise.race([resolve(hostname).catch(() => 'lookup_failed' as const), aborted]);
}

/** Answers the judged address to whoever asks, in either form that Node asks in. */
function pinnedTo(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4;
  return (_hostname, options, done) =>
    options.all === true ? done(null, [{ address, family }]) : done(null, address, family);
}

function exchange(
  url: URL,
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<SendResult> {
  const bytes = Buffer.from(body);
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    lookup: pinnedTo(address),
    signal,
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
      'user-agent': 'Hutong-Webhooks/1',
      accept: '*/*',
      connection: 'close',
    },
  };
  return new Promise((done) => {
    // Said here, so that nothing in the environment can say otherwise.
    const request =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, rejectUnauthorized: true })
        : requestHttp(url, options);
    let connected = false;
    let answered = false;
    request.on('socket', (socket) => socket.once('connect', () => (connected = true)));
    request.on('error', (error) => done({ error: errorOf(error, connected, signal) }));
    request.on('response', (response) => {
      answered = true;
      drain(response, signal, (result) => (done(result), request.destroy()));
    });
    // Without an answer and without an error: the receiver wanted another protocol, say.
    request.on('close', () => answered || done({ error: 'answer_cut_off' }));
    request.end(bytes);
  });
}

/** An answer counts once it has come to its end, or to as much as is read of it: one that breaks off acknowledges nothing. */
function drain(response: IncomingMessage, signal: AbortSignal, done: (result: SendResult) => void): void {
  const retryAfter = response.headers['retry-after'];
  const whole: SendResult = { status: response.statusCode ?? 0, ...(retryAfter === undefined ? {} : { retryAfter }) };
  let read = 0;
  response.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > MAX_ANSWER) done(whole);
  });
  response.on('end', () => done(whole));
  response.on('error', () => done({ error: signal.aborted ? 'timed_out' : 'answer_cut_off' }));
  response.on('close', () => done({ error: signal.aborted ? 'timed_out' : 'answer_cut_off' }));
}

function errorOf(error: Error & { code?: string }, connected: boolean, signal: AbortSignal): SendError {
  if (signal.aborted) return 'timed_out';
  const code = error.code ?? '';
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME)/.test(code)) return 'tls_failed';
  return connected ? 'answer_cut_off' : 'not_connected';
}
