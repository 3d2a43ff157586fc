import type { Page } from 'playwright-core';
import type { Street } from './street.js';
import type { Visitor } from './visitor.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
export type Body = any;

/** The orders of a street, from the merchants' side and the payers'. */
export class Orders {
  constructor(private readonly street: () => Street) {}

  /** A payment of this app's; `app` stands beside what the API answers. */
  async create(app: string, more: Record<string, unknown> = {}): Promise<Body> {
    return { ...(await this.street().merchant(app).createPayment(more)), app };
  }

  async read({ id, app }: Body): Promise<Body> {
    return (await this.street().merchant(app).get(`/v1/payments/${id}?refresh=true`)).body;
  }

  async lastTry(payment: Body): Promise<Body> {
    return (await this.read(payment)).attempts.at(-1);
  }

  /** What its newest code says. */
  async codeOf(payment: Body): Promise<string> {
    return (await this.lastTry(payment)).next_action.content;
  }

  /** Paid by somebody with a phone elsewhere. */
  async pay(payment: Body): Promise<void> {
    await this.street().payer.pay((await this.lastTry(payment)).next_action);
  }

  /** Answers the payment once it is paid. */
  paid(payment: Body): Promise<Body> {
    return this.street().until(
      () => this.read(payment),
      ({ status }) => status === 'paid',
      10_000,
    );
  }

  /** Opens the cashier and presses its button with this way to pay. */
  async choose({ goto, click }: Visitor, { cashier_url: url }: Body, method: string): Promise<void> {
    await goto(url);
    await click(`label:has(input[value="${method}"])`);
    await click('#pay-button');
  }

  /** The same with a code to scan, up to the code. */
  async scan(visitor: Visitor, payment: Body): Promise<void> {
    await this.choose(visitor, payment, 'wechat_scan');
    await visitor.page.locator('#scan .qr svg').waitFor();
  }

  /** A request to a friend for a fresh payment. */
  async ask(app: string, more: Record<string, unknown> = {}): Promise<{ payment: Body; request: Body; url: string }> {
    const payment = await this.create(app, { scene: 'app', ...more });
    const body = { method: 'wechat_friend_pay', message: '今晚的火锅' };
    const reply = await this.street().merchant(app).post(`/v1/payments/${payment.id}/friend-requests`, body);
    if (reply.status !== 201)
      throw new Error(`asking a friend answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return { payment, request: reply.body, url: reply.body.url };
  }

  /** One code for every wallet, as a till shows it. */
  async oneCode(app: string, more: Record<string, unknown> = {}): Promise<{ payment: Body; url: string }> {
    const payment = await this.create(app, more);
    const body = { method: 'one_code', scene: 'in_store' };
    const reply = await this.street().merchant(app).post(`/v1/payments/${payment.id}/attempts`, body);
    if (reply.status !== 201) throw new Error(`showing a code answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    return { payment, url: reply.body.next_action.content };
  }

  /** In the wallets' own books: what was taken for this payment and has not gone back, in fen. */
  async kept(payment: Body): Promise<number> {
    const { attempts } = await this.read(payment);
    const own = new Set(attempts.map(({ reference }: Body) => reference));
    const { trades, refunds } = (await this.street().payer.control('GET', '/books')).body;
    const taken = trades.filter(({ reference, paid_at }: Body) => own.has(reference) && paid_at !== null);
    const back = refunds.filter(({ trade }: Body) => own.has(trade));
    const sum = (rows: Body[]) => rows.reduce((total, { amount }) => total + amount, 0);
    return sum(taken) - sum(back);
  }
}

/** Waits until this tab is at a wallet. */
export const atWallet = ({ page }: Visitor, { sandboxUrl }: Street): Promise<void> =>
  page.waitForURL((url) => url.href.startsWith(sandboxUrl));

/** The one button of a wallet's page. */
export const walletButton = (page: Page) => page.getByRole('button', { name: /确认支付/ });
