import { InsufficientFunds } from '../frame/payers.js';
import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { AlipayTrade } from './alipay-trade.js';
import type { BizContent } from './biz-content.js';
import { PUBLIC_MESSAGES } from './gateway-errors.js';
import { tradeRefusal } from './gateway-refusal.js';
import type { Call } from './methods.js';
import { readOrder } from './order.js';
import type { OrderDesk } from './order-desk.js';
import type { PayerCodes } from './payer-codes.js';
import type { Till } from './till.js';
import { paidAnswer, type TradeAnswer, waitingAnswer } from './trade-answers.js';

/** Above ¥1,000 the payer types a password (production; the official sandbox asks above ¥2,000). */
const WITHOUT_PASSWORD_FEN = 100_000;

/** alipay.trade.pay: the merchant's scanner read the code on a payer's screen (§5.2; opendocs open/02ekfp). */
export class BarCodePayments {
  constructor(
    private readonly desk: OrderDesk,
    private readonly codes: PayerCodes,
    private readonly till: Till,
    private readonly clock: SandboxClock,
  ) {}

  /** Paid at once, or waiting for the payer's password (10003). @throws GatewayRefusal */
  pay({ account, parameters, biz }: Call): TradeAnswer {
    checkScene(biz);
    const code = biz.required('auth_code', 64);
    const order = readOrder('pay', biz, parameters, account, this.clock.now().getTime());
    const standing = this.desk.standing(account, order);
    if (standing?.wire.scanned?.code === code) return stillWaiting(standing);
    const shown = this.codes.read(code, account.strict);
    if (shown.userId === account.seller_id) throw tradeRefusal('BUYER_SELLER_EQUAL');
    const trade = this.desk.place(account, order, { userId: shown.userId, openId: undefined });
    shown.spent = true;
    trade.wire.scanned = { code, refusal: undefined };
    if (shown.passwordFirst || trade.amount > WITHOUT_PASSWORD_FEN) return inProcess(trade);
    return this.settle(trade, shown.userId);
  }

  private settle(trade: AlipayTrade, userId: string): TradeAnswer {
    try {
      this.till.take(trade, userId);
    } catch (cause) {
      throw cause instanceof InsufficientFunds ? tradeRefusal('BUYER_BALANCE_NOT_ENOUGH') : cause;
    }
    return paidAnswer(trade);
  }
}

/** `security_code` (a face) and `wave_code` (a sound) need devices that are not here. */
function checkScene(biz: BizContent): void {
  if (biz.required('scene', 32) !== 'bar_code') throw tradeRefusal('INVALID_PARAMETER', 'scene');
}

/** The same scan again: what the payer has answered meanwhile, or that there is no answer yet. */
function stillWaiting(trade: AlipayTrade): TradeAnswer {
  const refusal = trade.wire.scanned?.refusal;
  if (refusal !== undefined) throw tradeRefusal(refusal);
  return inProcess(trade);
}

function inProcess(trade: AlipayTrade): TradeAnswer {
  return { code: '10003', msg: PUBLIC_MESSAGES['10003'], ...waitingAnswer(trade) };
}
