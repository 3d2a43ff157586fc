import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox.js';
import { walletWire } from './index.js';

export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** A sandbox with one wallet merchant that signs by the words of the wire's description, not by the sandbox's code. */
export class TestMerchant {
  readonly notified: { headers: IncomingHttpHeaders; text: string }[] = [];
  /** What the notify_url answers next. */
  answer = 204;

  private constructor(
    readonly sandbox: Sandbox,
    readonly id: string,
    readonly secret: string,
    private readonly listener: Server,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<TestMerchant> {
    const sandbox = await createSandbox({ wires: [walletWire], ...options });
    await sandbox.listen();
    const account = await sandbox.accounts.show('wallet', await sandbox.accounts.create('wallet', { name: 'shop' }));
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const merchant = new TestMerchant(sandbox, String(account['merchant_id']), String(account['secret']), listener);
    merchant.takeNotifications();
    return merchant;
  }

  hmac(text: string): string {
    return `v1=${createHmac('sha256', this.secret).update(text).digest('hex')}`;
  }

  order(reference: string, other: object = {}): Record<string, unknown> {
    return {
      merchant_id: this.id,
      reference,
      amount: 1_299,
      currency: 'CNY',
      description: '淘特 order',
      expires_at: '2100-01-01T00:00:00Z',
      notify_url: `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}/notify`,
      ...other,
    };
  }

  /** A signed request; `headers` replace the right ones. */
  async call(method: string, path: string, content?: unknown, headers: Record<string, string> = {}): Promise<Said> {
    const body = content === undefined ? '' : JSON.stringify(content);
    const timestamp = headers['wallet-timestamp'] ?? String(Math.floor(Date.now() / 1_000));
    const nonce = headers['wallet-nonce'] ?? '0123456789abcdef';
    const signed = {
      'wallet-merchant': this.id,
      'wallet-timestamp': timestamp,
      'wallet-nonce': nonce,
      'wallet-signature': this.hmac(`${method}\n/wallet/v1${path}\n${timestamp}\n${nonce}\n${body}\n`),
      ...headers,
    };
    const init = { method, headers: { ...signed, 'content-type': 'application/json' }, ...(body && { body }) };
    const answer = await fetch(`${this.sandbox.url}/wallet/v1${path}`, init);
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) as Record<string, unknown> };
  }

  /** Whether an answer is the wallet's, to the request with this nonce. */
  trusts({ status, headers, text }: Said): boolean {
    const signed = `${status}\n${headers.get('wallet-timestamp')}\n${headers.get('wallet-nonce')}\n${text}\n`;
    return headers.get('wallet-nonce') === '0123456789abcdef' && headers.get('wallet-signature') === this.hmac(signed);
  }

  control(path: string, body: unknown, method = 'POST'): Promise<Response> {
    const init = { method, body: JSON.stringify(body) };
    return fetch(`${this.sandbox.url}/__sandbox/${path}`, init);
  }

  async stop(): Promise<void> {
    await this.sandbox.close();
    this.listener.closeAllConnections();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private takeNotifications(): void {
    this.listener.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.notified.push({ headers: request.headers, text: Buffer.concat(chunks).toString() });
        response.writeHead(this.answer).end();
      });
    });
  }
}
