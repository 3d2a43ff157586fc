import { randomUUID } from 'node:crypto';
import type { Receiver } from './receiver.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- a shop reads the wire as it is
export type Body = any;

export interface Reply {
  readonly status: number;
  readonly body: Body;
}

/** What the shop could not find out: it may have happened, and it may not. */
export class Maybe extends Error {
  override readonly name = 'Maybe';
}

/** Codes that say: the same request again, in a moment. */
const AGAIN = new Set(['idempotency_key_in_use', 'attempt_in_progress']);
const PATIENCE_MS = 180_000;

/** A merchant's backend, as a careful one is written: one key per wish, the same request again until the answer is final. */
export class Shop {
  readonly app: string;
  readonly #url: string;
  readonly #key: string;
  /** Final answers by Idempotency-Key; an answer that differs from the one before it stands in `broken`. */
  readonly #answers = new Map<string, string>();
  readonly broken: string[] = [];
  /** Requests that got no final answer at first. */
  retries = 0;
  serverErrors = 0;
  /** Wishes that were refused for good, by code. */
  readonly refusals = new Map<string, number>();

  constructor({ url, app, key }: { url: string; app: string; key: string; now: () => Date }) {
    this.#url = url;
    this.app = app;
    this.#key = key;
  }

  async listenTo(receiver: Receiver): Promise<void> {
    const { status, body } = await this.post('/v1/webhook-endpoints', { url: receiver.urlFor(this.app) });
    if (status !== 201) throw new Error(`An endpoint was answered ${status}: ${JSON.stringify(body)}`);
    receiver.trust(this.app, body.secret as string);
  }

  /** Asked until there is an answer. @throws Maybe */
  async get(path: string): Promise<Reply> {
    return this.#untilFinal('GET', path, undefined, {});
  }

  /** Asked until there is a final answer, always with the same key. @throws Maybe */
  async post(path: string, body: unknown, key: string = randomUUID()): Promise<Reply> {
    const reply = await this.#untilFinal('POST', path, body, { 'idempotency-key': key });
    const said = `${reply.status} ${JSON.stringify(reply.body, (name, value: unknown) => (name === 'request_id' ? undefined : value))}`;
    const before = this.#answers.get(key);
    if (before !== undefined && before !== said) this.broken.push(`${path}: ${before} and then ${said}`);
    if (before === undefined && reply.status >= 400) this.#refused(String(reply.body?.code));
    this.#answers.set(key, said);
    return reply;
  }

  /** One try, whatever comes of it. @throws whatever fetch throws */
  async once(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
    const response = await fetch(this.#url + path, {
      method,
      signal: AbortSignal.timeout(30_000),
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  #refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  async #untilFinal(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
    const until = Date.now() + PATIENCE_MS;
    for (let wait = 50; ; wait = Math.min(1_000, wait * 1.5)) {
      const reply = await this.once(method, path, body, headers).catch(() => undefined);
      if (reply !== undefined && isFinal(reply)) return reply;
      if (reply !== undefined && reply.status >= 500) this.serverErrors += 1;
      if (Date.now() > until)
        throw new Maybe(`${method} ${path} of ${this.app} is without a final answer: ${JSON.stringify(reply)}`);
      this.retries += 1;
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

function isFinal({ status, body }: Reply): boolean {
  return status < 500 && status !== 429 && !AGAIN.has(String((body as { code?: unknown } | undefined)?.code));
}
