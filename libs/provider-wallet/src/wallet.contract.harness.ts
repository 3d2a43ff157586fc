import { createHmac } from 'node:crypto';
import type { RawMessage } from '@hutong/payment-port';
import type {
  AccountName,
  ContractHarness,
  Forgery,
  News,
  ProviderWire,
  RefundFacts,
  TradeFacts,
  Truth,
  Understood,
  WireAnswer,
  WireCall,
} from '@hutong/provider-contract';

const SETTINGS = {
  first: {
    merchant_id: 'shop-one',
    secret: 'first-account-key-0123456789abcdef',
    base_url: 'https://wallet.example.com',
  },
  second: {
    merchant_id: 'shop-two',
    secret: 'other-account-key-0123456789abcdef',
    base_url: 'https://wallet.example.com',
  },
} as const;

const STRANGERS_SECRET = 'a-strangers-key-0123456789abcdefgh';

/** The wallet's side of docs/wallet-wire.md for one account, in memory. */
class WalletWire implements ProviderWire {
  readonly #merchant: string;
  readonly #secret: string;

  constructor(
    account: AccountName,
    private readonly now: () => Date,
  ) {
    this.#merchant = SETTINGS[account].merchant_id;
    this.#secret = SETTINGS[account].secret;
  }

  answer(call: WireCall, truth: Truth, forgery?: Forgery): WireAnswer {
    if (truth.is === 'in_trouble') return { status: 500, body: '{"code":"internal"}' };
    const { status, content } = this.#reply(call, truth);
    const nonce = call.headers.get('wallet-nonce') ?? '';
    const signed = this.#sign(JSON.stringify(content), nonce, forgery, (timestamp, body) => [
      status,
      timestamp,
      nonce,
      body,
    ]);
    return { status, headers: Object.fromEntries(signed.headers), body: signed.body };
  }

  understand({ call }: { call: WireCall | undefined }): Understood {
    if (call === undefined) throw new Error('The wallet was not called.');
    const { pathname, search } = new URL(call.url);
    const header = (name: string) => call.headers.get(`wallet-${name}`) ?? '';
    const lines = [call.method, `${pathname}${search}`, header('timestamp'), header('nonce'), call.body];
    if (header('merchant') !== this.#merchant || header('signature') !== hmac(this.#secret, lines)) {
      throw new Error("The request is not signed with this account's key.");
    }
    const { reference, amount, currency, description, notify_url, expires_at } = JSON.parse(call.body);
    return {
      reference,
      amount: { amount, currency },
      description,
      notifyUrl: notify_url,
      expiresAt: new Date(expires_at),
    };
  }

  notification(news: News, forgery?: Forgery): RawMessage {
    const [type, data] =
      news.of === 'payment'
        ? ['order.paid', this.#order('paid', news.trade)]
        : ['refund.succeeded', this.#refund(news.refund)];
    const content = { id: `evt_${type}_1`, type, created_at: this.now().toISOString(), data };
    const nonce = 'notification0nonce';
    const { headers, body } = this.#sign(JSON.stringify(content), nonce, forgery, (timestamp, sent) => [
      timestamp,
      nonce,
      sent,
    ]);
    return { headers: [['Wallet-Merchant', this.#merchant], ...headers], body: Buffer.from(body) };
  }

  #reply({ operation }: WireCall, truth: Truth): { status: number; content: object } {
    if (truth.is === 'refused') return { status: 409, content: { code: 'order_closed', message: 'no' } };
    if (truth.is === 'refund_succeeded') return { status: 200, content: this.#refund(truth.refund) };
    if (!('trade' in truth)) {
      const code = operation === 'refund_query' ? 'refund_not_found' : 'order_not_found';
      return { status: 404, content: { code, message: 'no' } };
    }
    if (operation === 'close' && truth.is === 'paid')
      return { status: 409, content: { code: 'order_paid', message: 'no' } };
    return {
      status: operation === 'prepare' ? 201 : 200,
      content: this.#order(operation === 'close' ? 'closed' : truth.is, truth.trade),
    };
  }

  #order(state: string, { reference, amount, paidAt, providerReference }: TradeFacts): object {
    const paid = state === 'paid' || state === 'refunded';
    return {
      order_id: providerReference,
      merchant_id: this.#merchant,
      reference,
      ...amount,
      state: state === 'unlisted' ? 'levitating' : state,
      amount_refunded: state === 'refunded' ? amount.amount : 0,
      pay_url: 'https://wallet.example.com/pay/1',
      expires_at: this.now().toISOString(),
      ...(paid ? { paid_at: paidAt.toISOString(), payer_id: 'payer-1' } : {}),
    };
  }

  #refund({ reference, paymentReference, amount, refundedAt }: RefundFacts): object {
    return {
      refund_id: 'wr_1',
      refund_reference: reference,
      reference: paymentReference,
      merchant_id: this.#merchant,
      ...amount,
      state: 'succeeded',
      refunded_at: refundedAt.toISOString(),
    };
  }

  #sign(
    body: string,
    nonce: string,
    forgery: Forgery | undefined,
    lines: (timestamp: string, body: string) => readonly unknown[],
  ) {
    const at = this.now().getTime() / 1_000 - (forgery === 'stale' ? 600 : 0);
    const timestamp = String(Math.floor(at));
    const secret = forgery === 'wrong_key' ? STRANGERS_SECRET : this.#secret;
    const headers: [string, string][] = [
      ['Wallet-Timestamp', timestamp],
      ['Wallet-Nonce', nonce],
    ];
    if (forgery !== 'unsigned') headers.push(['Wallet-Signature', hmac(secret, lines(timestamp, body))]);
    return {
      headers,
      body: forgery === 'tampered' ? body.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) : body,
    };
  }
}

function hmac(secret: string, lines: readonly unknown[]): string {
  const text = lines.map((line) => `${String(line)}\n`).join('');
  return `v1=${createHmac('sha256', secret).update(text).digest('hex')}`;
}

export const walletHarness: ContractHarness = {
  settings: (account) => SETTINGS[account],
  sandboxAccount: { name: 'taote', merchant_id: 'shop-one', secret: SETTINGS.first.secret },
  wire: (account, clock) => new WalletWire(account, () => clock.now()),
  products: {
    mobile_page: { calls: true, request: { returnUrl: 'https://shop.example.com/done' } },
    desktop_page: { calls: true },
  },
  descriptionFits: (text) => text.length >= 1 && text.length <= 127 && !/\p{Cc}/u.test(text),
  takesAsReceived: ({ status }) => status === 200 || status === 204,
  mismatchIsReceived: true,
};
