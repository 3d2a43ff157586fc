import type { Cell } from './cell.ts';
import type { Draws } from './random.ts';
import type { Body, Shop } from './shop.ts';

/** A method where it can be paid, and the shop that offers it. */
export interface Way {
  readonly app: 'eleme' | 'taocaicai' | 'pinduoduo' | 'hema';
  readonly method: string;
  readonly scene: string;
}

export const WECHAT: Way = { app: 'eleme', method: 'wechat_pay', scene: 'app' };
export const ALIPAY: Way = { app: 'eleme', method: 'alipay', scene: 'mobile_web' };
export const WALLET: Way = { app: 'pinduoduo', method: 'duoduo_wallet', scene: 'desktop_web' };
export const WAYS: readonly Way[] = [WECHAT, ALIPAY, WALLET];

/** Numbers that a seed repeats. */
let orders = 0;

/** A shop, a payer and one order of theirs, from the cart to wherever it ends. */
export class Checkout {
  readonly cell: Cell;
  readonly draws: Draws;
  readonly shop: Shop;
  readonly #order = `order-${++orders}`;
  #refunds = 0;
  payment: Body;
  /** Why the last step to the wallet was not to be had. */
  refused = '';

  constructor(cell: Cell, app: Way['app'], draws: Draws) {
    this.cell = cell;
    this.draws = draws;
    this.shop = cell.shop(app);
  }

  async create(more: Record<string, unknown> = {}): Promise<Body> {
    const amount = this.draws.between(101, 99_999);
    const order = { order_no: this.#order, amount, currency: 'CNY', description: '春笋 500 克', ...more };
    const { status, body } = await this.#posted('/v1/payments', order);
    if (status > 201) throw new Error(`creating answered ${status}: ${JSON.stringify(body)}`);
    this.payment = body;
    return body;
  }

  /** An attempt that its payer can go on with; undefined when the shop is refused, or nobody knows. */
  async attempt({ method, scene }: Way, more: Record<string, unknown> = {}): Promise<Body> {
    for (let tries = 1; tries <= 4; tries++) {
      const { status, body } = await this.#posted(`${this.#path}/attempts`, { method, scene, ...more });
      if (status <= 201 && body.status !== 'unknown') return body;
      this.refused = status > 201 ? `${status} ${body.code}: ${body.detail}` : 'its outcome stays unknown';
      if (status > 201) return undefined;
    }
    return undefined;
  }

  /** Follows the action to the wallet, whose user has money for this order; undefined where the wallet refuses. */
  async open(attempt: Body, payer = this.#order): Promise<Body> {
    if (attempt?.next_action === undefined || attempt.next_action.type === 'none') {
      if (attempt !== undefined) this.refused = `it is ${attempt.status} and there is nothing to do next`;
      return undefined;
    }
    const { status, body } = await this.cell.control('POST', '/open', {
      next_action: attempt.next_action,
      payer,
    });
    if (status !== 200) this.refused = `the wallet would not open it: ${status} ${JSON.stringify(body)}`;
    return status === 200 ? body.data : undefined;
  }

  /** What its payer shows at a till. */
  async code(): Promise<string> {
    const { body } = await this.cell.control('POST', '/payer-codes', { provider: 'alipay', payer: this.#order });
    return body.code as string;
  }

  /** Confirms in the wallet. True when the money moved. */
  async confirm(trade: Body, more: Record<string, unknown> = {}): Promise<boolean> {
    if (trade === undefined) return false;
    const wish = { payer: this.#order, ...more };
    const { status, body } = await this.cell.control('POST', `/trades/${trade.id}/pay`, wish);
    if (status !== 200 || body.result !== 'success')
      this.refused = `the wallet would not take it: ${status} ${JSON.stringify(body)}`;
    return status === 200 && ['paid', 'refunded'].includes(body.data.state);
  }

  async pay(way: Way, payer?: string): Promise<Body> {
    const attempt = await this.attempt(way);
    await this.confirm(await this.open(attempt, payer), payer === undefined ? {} : { payer });
    return attempt;
  }

  show(refresh = false): Promise<Body> {
    return this.shop.get(`${this.#path}${refresh ? '?refresh=true' : ''}`).then(({ body }) => body);
  }

  /** Asks until the shop sees it paid, or gives up: then the worker finds out. */
  async paid(): Promise<boolean> {
    for (let tries = 1; tries <= 3; tries++) if ((await this.show(tries > 1)).status === 'paid') return true;
    return false;
  }

  async refund(amount: number): Promise<Body> {
    const refund = { refund_no: `${this.#order}-r${++this.#refunds}`, amount };
    return (await this.#posted(`${this.#path}/refunds`, refund)).body;
  }

  async cancel(): Promise<Body> {
    return (await this.shop.post(`${this.#path}/cancel`, undefined)).body;
  }

  get #path(): string {
    return `/v1/payments/${this.payment.id}`;
  }

  /** Now and then a shop sends what was answered already once more: the answer has to be the same. */
  async #posted(path: string, body: unknown): ReturnType<Shop['post']> {
    const key = `${this.#order}-${Math.floor(this.draws.next() * 1e12)}-key-of-a-shop`;
    const reply = await this.shop.post(path, body, key);
    if (this.draws.chance(0.1)) await this.shop.post(path, body, key);
    return reply;
  }
}

export type Flow = (cell: Cell, draws: Draws) => Promise<void>;

/** The ways of an order through its life. None of them says how it ends: the books and the invariants do. */
export const FLOWS: Readonly<Record<string, Flow>> = {
  async paid_and_partly_refunded(cell, draws) {
    const checkout = new Checkout(cell, 'eleme', draws);
    const { amount } = await checkout.create();
    await checkout.pay(WECHAT);
    if (!(await checkout.paid())) return;
    await checkout.refund(Math.floor(amount / 3));
    await checkout.refund(Math.floor(amount / 2));
  },
  async paid_and_refunded(cell, draws) {
    const checkout = new Checkout(cell, 'eleme', draws);
    const { amount } = await checkout.create();
    await checkout.pay(ALIPAY);
    if (await checkout.paid()) await checkout.refund(amount);
  },
  async paid_at_the_smallest_wallet(cell, draws) {
    const checkout = new Checkout(cell, 'pinduoduo', draws);
    await checkout.create();
    await checkout.pay(WALLET);
    if (await checkout.paid()) await checkout.refund(1);
  },
  async never_paid(cell, draws) {
    const checkout = new Checkout(cell, 'eleme', draws);
    await checkout.create({ expires_in: 600 });
    await checkout.open(await checkout.attempt(draws.one([WECHAT, ALIPAY])));
  },
  async canceled(cell, draws) {
    const checkout = new Checkout(cell, 'eleme', draws);
    await checkout.create();
    await checkout.open(await checkout.attempt(WECHAT));
    await checkout.cancel();
  },
  async paid_after_cancel(cell, draws) {
    const checkout = new Checkout(cell, 'eleme', draws);
    await checkout.create();
    const attempt = await checkout.attempt(ALIPAY);
    await checkout.cancel();
    await checkout.confirm(await checkout.open(attempt));
  },
  async paid_with_two_wallets(cell, draws) {
    const checkout = new Checkout(cell, 'eleme', draws);
    await checkout.create();
    const first = await checkout.attempt(ALIPAY);
    const second = await checkout.attempt(WECHAT);
    const order = draws.chance(0.5) ? [first, second] : [second, first];
    await Promise.all(order.map(async (it) => checkout.confirm(await checkout.open(it))));
    await checkout.show(true);
  },
  async paid_twice_at_one_wallet(cell, draws) {
    const checkout = new Checkout(cell, 'eleme', draws);
    await checkout.create();
    const first = await checkout.attempt(ALIPAY, { payer: { id: 'anna' } });
    const second = await checkout.attempt(ALIPAY, { payer: { id: 'bert' } });
    for (const it of [first, second]) await checkout.confirm(await checkout.open(it));
    await checkout.show(true);
  },
  async scanned_at_the_till(cell, draws) {
    const checkout = new Checkout(cell, 'hema', draws);
    const { amount } = await checkout.create();
    await checkout.attempt({ app: 'hema', method: 'barcode', scene: 'in_store' }, { auth_code: await checkout.code() });
    if (await checkout.paid()) await checkout.refund(amount);
  },
};
