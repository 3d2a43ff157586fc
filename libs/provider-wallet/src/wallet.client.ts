import { OutcomeUnknown, UntrustedMessage, type ProviderTools } from '@hutong/payment-port';
import { sendHttp, type HttpAnswer } from '@hutong/provider-kit';
import type { WalletSettings } from './wallet.config.js';
import { rejectionOf } from './wallet.errors.js';
import { isFresh, signature, signatureHolds } from './wallet.signature.js';

/** Signs, sends, verifies, and only then reads. */
export class WalletClient {
  constructor(
    readonly settings: Readonly<WalletSettings>,
    readonly tools: ProviderTools,
  ) {}

  /** GET, or POST when there is content. @throws Rejected, NotReached, OutcomeUnknown or UntrustedMessage */
  async call<T>(operation: string, path: string, content?: object): Promise<T> {
    const method = content === undefined ? 'GET' : 'POST';
    const body = content === undefined ? '' : JSON.stringify(content);
    const target = `/wallet/v1${path}`;
    const timestamp = String(Math.floor(this.tools.clock.now().getTime() / 1_000));
    const nonce = this.tools.nonce();
    const headers = {
      'content-type': 'application/json',
      'wallet-merchant': this.settings.merchant_id,
      'wallet-timestamp': timestamp,
      'wallet-nonce': nonce,
      'wallet-signature': signature(this.settings.secret, [method, target, timestamp, nonce, body]),
    };
    const request = { method, url: `${this.settings.base_url}${target}`, headers, ...(content && { body }) } as const;
    return this.#read<T>(await sendHttp(this.tools, request, { provider: 'wallet', operation }), nonce, operation);
  }

  #read<T>(answer: HttpAnswer, nonce: string, operation: string): T {
    const context = { provider: 'wallet', operation };
    if (answer.status >= 500)
      throw new OutcomeUnknown(`The wallet answered ${answer.status} to ${operation}.`, context);
    // The one unsigned answer: who does not accept our key has none to sign with, and has done nothing.
    if (answer.status === 401) throw rejectionOf('unauthorized', operation);
    if (!this.#holds(answer, nonce))
      throw new UntrustedMessage(`The answer to ${operation} is not the wallet's.`, context);
    const content = readJson(answer.body);
    if (content === undefined) throw new OutcomeUnknown(`The wallet's answer to ${operation} is not JSON.`, context);
    if (answer.status >= 300) throw rejectionOf(String(content['code']), operation);
    return content as T;
  }

  #holds({ status, headers, body }: HttpAnswer, nonce: string): boolean {
    const timestamp = headers.get('wallet-timestamp') ?? '';
    const fresh = headers.get('wallet-nonce') === nonce && isFresh(timestamp, this.tools.clock.now());
    const given = headers.get('wallet-signature') ?? '';
    return fresh && signatureHolds(this.settings.secret, [String(status), timestamp, nonce, body], given);
  }
}

function readJson(body: Buffer): Record<string, unknown> | undefined {
  try {
    return Object(JSON.parse(body.toString('utf8'))) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
