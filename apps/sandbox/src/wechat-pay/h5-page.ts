import type { FastifyInstance, FastifyReply } from 'fastify';
import { backToShop } from '../frame/back-to-shop.js';
import { ControlError } from '../frame/control-error.js';
import type { Markup } from '../frame/html.js';
import { type FormTarget, page } from '../frame/page.js';
import { notice, paySheet, RESULT_WORDS } from '../frame/pay-sheet.js';
import type { WechatContext } from './context.js';
import { byPrepayId, H5_PATH } from './open-order.js';
import { refuseH5From } from './strict-opening.js';

interface Page {
  readonly Querystring: { readonly prepay_id?: string; readonly redirect_url?: string };
}

/** The page behind h5_url: in production it wakes the WeChat app, here a button stands for it. */
export function registerH5Page(scope: FastifyInstance, context: WechatContext): void {
  const tradeOf = ({ prepay_id: id = '' }: Page['Querystring']) => byPrepayId(id, 'h5', context);
  scope.get<Page>(H5_PATH, (request, reply) =>
    orRefused(reply, async () => {
      const trade = tradeOf(request.query);
      refuseInsideWechat(request.headers['user-agent']);
      refuseH5From(request.headers.referer, trade, context);
      const description = context.combinations
        .together(trade)
        .map((one) => one.description)
        .join('、');
      const form = backToShop(request.query.redirect_url) === undefined ? 'self' : 'shop';
      // Posting to its own address keeps prepay_id and redirect_url.
      return written(
        reply,
        paySheet({ description, amountFen: (trade.batch ?? trade).amount, payer: 'payer-1' }),
        form,
      );
    }),
  );
  scope.post<Page>(H5_PATH, (request, reply) =>
    orRefused(reply, async () => {
      const result = await context.frame.cashier.pay(tradeOf(request.query));
      // After paying or giving up the user is sent back; that is no proof of payment.
      const back = backToShop(request.query.redirect_url);
      return back === undefined ? written(reply, notice(RESULT_WORDS[result])) : reply.redirect(back, 303);
    }),
  );
}

/** The page wakes the WeChat app: in its own browser there is nothing to wake (protocol §3.5). */
function refuseInsideWechat(userAgent: string | undefined): void {
  if (userAgent?.includes('MicroMessenger')) throw new ControlError(409, '请在微信外打开订单');
}

/** Orders that are gone, paid or late get a page too, with the wallet's words. */
async function orRefused(reply: FastifyReply, serve: () => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await serve();
  } catch (cause) {
    if (!(cause instanceof ControlError)) throw cause;
    return written(reply.code(cause.status), notice({ zh: '无法支付', en: cause.detail }));
  }
}

function written(reply: FastifyReply, content: Markup, form: FormTarget = 'none'): FastifyReply {
  const { headers, body } = page({ owner: 'wechat_pay', content, form });
  return reply.headers(headers).send(body);
}
