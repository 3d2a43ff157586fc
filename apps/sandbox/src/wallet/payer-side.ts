import type { FastifyReply, FastifyRequest } from 'fastify';
import { backToShop } from '../frame/back-to-shop.js';
import type { Cashier } from '../frame/cashier.js';
import { ControlError } from '../frame/control-error.js';
import type { PayerWallet, Payers } from '../frame/payers.js';
import { messagePage, payPage, yuan } from './payer-page.js';
import type { WalletBook, WalletTrade } from './views.js';

/** Everybody's password in this sandbox. */
const PASSWORD = '123456';
const USERS = ['payer-1', 'payer-2', 'payer-3'];
const USER = /^[0-9A-Za-z_-]{1,32}$/;
const MOST_TOP_UP_FEN = 10_000_000;

export type PayRequest = FastifyRequest<{ Params: { order_id: string } }>;

/** The wallet in the payer's hands: the page behind pay_url, and the top-up. */
export class PayerSide {
  constructor(
    private readonly book: WalletBook,
    private readonly payers: Payers,
    private readonly cashier: Cashier,
  ) {}

  byOrderId(orderId: string): WalletTrade | undefined {
    return this.book.where((trade) => trade.wire.orderId === orderId);
  }

  show(request: PayRequest, reply: FastifyReply): FastifyReply {
    const trade = this.byOrderId(request.params.order_id);
    if (trade === undefined) return html(reply, 404, messagePage('There is no such order.'));
    const over = trade.state === 'awaiting_payer' ? '' : `This order is ${trade.state}.`;
    return html(reply, over === '' ? 200 : 410, payPage(trade, this.users(), over));
  }

  /** POST {user, password}: pays, then goes back to the shop. Whatever fails is said on the page; nothing moves then. */
  async pay(request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
    const trade = this.byOrderId(request.params.order_id);
    if (trade === undefined) return html(reply, 404, messagePage('There is no such order.'));
    const { user, password } = readFields(request);
    if (user === undefined || !USER.test(user)) return html(reply, 400, payPage(trade, this.users(), 'Choose a user.'));
    if (password !== PASSWORD)
      return html(reply, 403, payPage(trade, this.users(), 'Wrong password. Nothing was paid.'));
    const refusal = await this.tryToPay(trade, user);
    if (refusal !== undefined) return html(reply, 409, payPage(trade, this.users(), refusal));
    const back = backToShop(trade.wire.returnUrl);
    return back === undefined ? html(reply, 200, messagePage('Paid.')) : reply.redirect(back, 303);
  }

  /** POST {user, amount} in fen, at most ¥100,000 at a time. */
  topUp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { user = '', amount = '' } = readFields(request);
    const fen = /^\d{1,9}$/.test(amount) ? Number(amount) : 0;
    if (!USER.test(user) || fen < 1 || fen > MOST_TOP_UP_FEN) {
      const message = `user (${USER.source}) and amount (1 to ${MOST_TOP_UP_FEN} fen) are needed.`;
      return reply.code(400).send({ code: 'invalid_request', message });
    }
    const wallet = this.payers.wallet('wallet', user);
    this.payers.credit(wallet, fen);
    return reply.code(200).send({ user, balance: wallet.balance });
  }

  private async tryToPay(trade: WalletTrade, user: string): Promise<string | undefined> {
    try {
      const result = await this.cashier.pay(trade, { payer: user });
      if (result === 'success') return undefined;
      return `Insufficient balance: ${user} has ${yuan(this.payers.wallet('wallet', user).balance)}. Nothing was paid.`;
    } catch (cause) {
      if (cause instanceof ControlError) return `This order is ${trade.state}.`;
      throw cause;
    }
  }

  private users(): readonly PayerWallet[] {
    for (const id of USERS) this.payers.wallet('wallet', id);
    return this.payers.all().filter(({ provider }) => provider === 'wallet');
  }
}

/** A form or a JSON object of strings and numbers; anything else has no fields. */
function readFields(request: FastifyRequest): Readonly<Record<string, string | undefined>> {
  const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  if (!/json/i.test(request.headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const fields = JSON.parse(body) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}

function html(reply: FastifyReply, status: number, markup: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(markup);
}
