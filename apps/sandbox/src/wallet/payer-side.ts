import type { FastifyReply, FastifyRequest } from 'fastify';
import { backToShop } from '../frame/back-to-shop.js';
import type { Cashier } from '../frame/cashier.js';
import { ControlError } from '../frame/control-error.js';
import type { Page } from '../frame/page.js';
import { RESULT_WORDS, type Words, yuan } from '../frame/pay-sheet.js';
import type { PayerWallet, Payers } from '../frame/payers.js';
import { messagePage, overWords, payPage } from './payer-page.js';
import type { WalletBook, WalletTrade } from './views.js';

/** Everybody's password in this sandbox. */
const PASSWORD = '123456';
const USERS = ['payer-1', 'payer-2', 'payer-3'];
const USER = /^[0-9A-Za-z_-]{1,32}$/;
const MOST_TOP_UP_FEN = 10_000_000;

const NO_ORDER: Words = { zh: '没有这个订单', en: 'There is no such order.' };
const NO_USER: Words = { zh: '请选择用户', en: 'Choose a user.' };
const WRONG_PASSWORD: Words = { zh: '支付密码不正确', en: 'Wrong password. Nothing was paid.' };

export type PayRequest = FastifyRequest<{ Params: { order_id: string } }>;

/** The wallet in the payer's hands: the page behind pay_url, and the top-up. */
export class PayerSide {
  constructor(
    private readonly book: WalletBook,
    private readonly payers: Payers,
    private readonly cashier: Cashier,
  ) {}

  byOrderId(orderId: string): WalletTrade | undefined {
    return this.book.byProviderReference(undefined, orderId);
  }

  show(request: PayRequest, reply: FastifyReply): FastifyReply {
    const trade = this.byOrderId(request.params.order_id);
    if (trade === undefined) return written(reply, 404, messagePage(NO_ORDER));
    return written(reply, trade.state === 'awaiting_payer' ? 200 : 410, payPage(trade, this.users()));
  }

  /** POST {user, password}: pays, then goes back to the shop. Whatever fails is said on the page; nothing moves then. */
  async pay(request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
    const trade = this.byOrderId(request.params.order_id);
    if (trade === undefined) return written(reply, 404, messagePage(NO_ORDER));
    const { user, password } = readFields(request);
    if (user === undefined || !USER.test(user)) return written(reply, 400, payPage(trade, this.users(), NO_USER));
    if (password !== PASSWORD) return written(reply, 403, payPage(trade, this.users(), WRONG_PASSWORD));
    const refusal = await this.tryToPay(trade, user);
    if (refusal !== undefined) return written(reply, 409, payPage(trade, this.users(), refusal));
    const back = backToShop(trade.wire.returnUrl);
    return back === undefined ? written(reply, 200, messagePage(RESULT_WORDS.success)) : reply.redirect(back, 303);
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

  private async tryToPay(trade: WalletTrade, user: string): Promise<Words | undefined> {
    try {
      const result = await this.cashier.pay(trade, { payer: user });
      if (result === 'success') return undefined;
      return result === 'insufficient_funds' ? this.tooLittle(user) : RESULT_WORDS[result];
    } catch (cause) {
      if (cause instanceof ControlError) return overWords(trade);
      throw cause;
    }
  }

  private tooLittle(user: string): Words {
    const balance = yuan(this.payers.wallet('wallet', user).balance);
    return {
      zh: `余额不足，${user} 有 ${balance}`,
      en: `Insufficient balance: ${user} has ${balance}. Nothing was paid.`,
    };
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

function written(reply: FastifyReply, status: number, { headers, body }: Page): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
