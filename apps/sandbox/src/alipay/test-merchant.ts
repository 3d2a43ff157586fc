import { createSign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlipaySdk } from 'alipay-sdk';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox.js';
import { formatBeijing } from './beijing-time.js';
import { alipayWire } from './index.js';

export interface ShownAccount {
  readonly app_id: string;
  readonly private_key: string;
  readonly alipay_public_key: string;
  readonly seller_id: string;
  readonly encrypt_key: string;
  /** PEM in certificate mode, null in key mode. */
  readonly app_cert: string | null;
  readonly alipay_cert: string | null;
  readonly root_cert: string | null;
}

/** A sandbox with one Alipay merchant: the npm SDK, unmodified, and a signer of its own for what the SDK can't send. */
export class TestMerchant {
  readonly notified: Record<string, string>[] = [];
  /** What the notify_url answers next. */
  answer = { status: 200, body: 'success' };

  private constructor(
    readonly sandbox: Sandbox,
    readonly account: ShownAccount,
    readonly sdk: AlipaySdk,
    private readonly listener: Server,
  ) {}

  static async start(
    wish: Readonly<Record<string, unknown>> = {},
    options: SandboxOptions = {},
  ): Promise<TestMerchant> {
    const sandbox = await createSandbox({ wires: [alipayWire], ...options });
    const url = await sandbox.listen();
    const made = await sandbox.accounts.create('alipay', { name: 'shop', ...wish });
    const account = (await sandbox.accounts.show('alipay', made)) as unknown as ShownAccount;
    const sdk = sdkOf(account, `${url}/gateway.do`);
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const merchant = new TestMerchant(sandbox, account, sdk, listener);
    merchant.takeNotifications();
    return merchant;
  }

  get gateway(): string {
    return `${this.sandbox.url}/gateway.do`;
  }

  get notifyUrl(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}/notify`;
  }

  /** A verified call; the SDK throws when the answer's signature does not hold. */
  async call(method: string, bizContent: Record<string, unknown>, other: Record<string, unknown> = {}) {
    const result = await this.sdk.exec(method, { bizContent, ...other }, { validateSign: true });
    return result as unknown as Record<string, string>;
  }

  /** Public parameters and biz_content, signed as an SDK would; `changes` come before the signature. */
  signed(method: string, biz: Record<string, unknown>, changes: Record<string, string> = {}): Record<string, string> {
    return this.signedWith(this.account, method, biz, changes);
  }

  /** The same for another app. */
  signedWith(
    app: Pick<ShownAccount, 'app_id' | 'private_key'>,
    method: string,
    biz: Record<string, unknown>,
    changes: Record<string, string> = {},
  ): Record<string, string> {
    const fields: Record<string, string> = {
      app_id: app.app_id,
      method,
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: formatBeijing(Date.now()),
      version: '1.0',
      biz_content: JSON.stringify(biz),
      ...changes,
    };
    const text = Object.keys(fields)
      .toSorted()
      .filter((name) => fields[name] !== '')
      .map((name) => `${name}=${fields[name]}`)
      .join('&');
    return { ...fields, sign: createSign('RSA-SHA256').update(text).sign(app.private_key, 'base64') };
  }

  /** POSTs `fields` as a form and reads the one object in the answer. */
  async post(fields: Record<string, string>): Promise<Record<string, string>> {
    const answer = await fetch(this.gateway, { method: 'POST', body: new URLSearchParams(fields) });
    return Object.values((await answer.json()) as Record<string, Record<string, string>>)[0] ?? {};
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
        this.notified.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())));
        // urllib (inside the SDK) patches sockets so that an idle one can't be destroyed twice: leave none idle.
        response.writeHead(this.answer.status, { connection: 'close' }).end(this.answer.body);
      });
    });
  }
}

/** The npm SDK as a merchant configures it in either mode. */
function sdkOf(account: ShownAccount, gateway: string): AlipaySdk {
  const {
    app_id: appId,
    private_key: privateKey,
    app_cert: appCert,
    alipay_cert: alipayCert,
    root_cert: root,
  } = account;
  const trust =
    appCert === null || alipayCert === null || root === null
      ? { alipayPublicKey: account.alipay_public_key }
      : { appCertContent: appCert, alipayPublicCertContent: alipayCert, alipayRootCertContent: root };
  return new AlipaySdk({
    appId,
    privateKey,
    gateway,
    endpoint: new URL(gateway).origin,
    encryptKey: account.encrypt_key,
    ...trust,
  });
}
