import { randomUUID } from 'node:crypto';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
  readonly body: any;
}

/** A merchant app's backend: plain HTTP with its key, as a stranger would write it. */
export class Merchant {
  constructor(
    private readonly url: string,
    readonly key: string,
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('GET', path, undefined, headers);
  }

  /** Carries a fresh Idempotency-Key unless one is given. */
  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('POST', path, body === undefined ? undefined : JSON.stringify(body), {
      'idempotency-key': randomUUID(),
      ...headers,
    });
  }

  put(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('PUT', path, JSON.stringify(body), headers);
  }

  delete(path: string): Promise<Reply> {
    return this.send('DELETE', path, undefined, {});
  }

  async send(method: string, path: string, body: string | undefined, headers: Record<string, string>): Promise<Reply> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : parse(text) };
  }

  /** Creates a payment with a fresh order number and answers it. */
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  async createPayment(more: Record<string, unknown> = {}): Promise<any> {
    const { status, body } = await this.post('/v1/payments', {
      order_no: `order-${randomUUID()}`,
      amount: 1_299,
      currency: 'CNY',
      description: '春笋 500 克',
      ...more,
    });
    if (status !== 201) throw new Error(`creating answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
