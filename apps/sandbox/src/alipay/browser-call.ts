import type { FastifyReply, FastifyRequest } from 'fastify';
import { backToShop } from '../frame/back-to-shop.js';
import type { Cashier } from '../frame/cashier.js';
import { ControlError } from '../frame/control-error.js';
import type { Answer, ExchangePlan } from '../frame/exchanges.js';
import { RESULT_WORDS } from '../frame/pay-sheet.js';
import type { AlipayKeys } from './alipay-keys.js';
import { cashierPage, errorPage, resultPage, unpackOrder } from './client-pages.js';
import { asRefusal, type Gateway, type Witness } from './gateway.js';
import { namedNumbers } from './gateway-request.js';
import { injected } from './injected-error.js';
import { Parameters, parsePairs } from './parameters.js';
import { note } from './server-call.js';
import { syncReturnUrl } from './sync-return.js';
import type { WalletApp } from './wallet-app.js';

/** A browser at /gateway.do with a page or wap order: the cashier, or the gateway's error page. No trade is born yet. */
export function browserCall(parameters: Parameters, gateway: Gateway): ExchangePlan {
  return {
    provider: 'alipay',
    operation: 'order',
    references: () => namedNumbers(parameters, gateway.account(parameters)),
    answer: ({ notes }) => {
      const witness: Witness = {};
      try {
        return cashierPage(gateway.readClientOrder(parameters, ['wap', 'page'], witness).order, parameters);
      } catch (cause) {
        const refusal = asRefusal(cause);
        notes.reason = refusal.message;
        return errorPage(refusal);
      } finally {
        note(parameters, witness, notes);
      }
    },
    error: (_arrived, { status = 200, code = 'isp.unknow-error' }) => ({
      ...errorPage(injected(code, parameters.get('method'))),
      status,
    }),
  };
}

export interface CashierParts {
  readonly wallet: WalletApp;
  readonly cashier: Cashier;
  readonly keys: AlipayKeys;
}

/** The button on the cashier page: the order is verified again, born, paid; then the browser goes to return_url. */
export async function payAtCashier(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: CashierParts,
): Promise<FastifyReply> {
  const { order = '', payer } = Object.fromEntries(parsePairs(String(request.body ?? '')));
  const parameters = Parameters.merge(parsePairs(unpackOrder(order)));
  const answer = await paid(parameters, payer || 'payer-1', parts);
  if (typeof answer === 'string') return reply.redirect(answer, 303);
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

async function paid(
  parameters: Parameters,
  payer: string,
  { wallet, cashier, keys }: CashierParts,
): Promise<Answer | string> {
  try {
    const trade = wallet.place(parameters, ['wap', 'page']);
    const result = await cashier.pay(trade, { payer });
    if (result !== 'success') return resultPage(RESULT_WORDS[result]);
    const back = backToShop(parameters.get('return_url'));
    return back === undefined ? resultPage(RESULT_WORDS.success) : syncReturnUrl(back, trade, keys);
  } catch (cause) {
    return cause instanceof ControlError
      ? resultPage({ zh: '无法支付', en: cause.detail })
      : errorPage(asRefusal(cause));
  }
}
