import type { FastifyInstance, FastifyReply } from 'fastify';
import { backToShop } from '../frame/back-to-shop.js';
import { ControlError } from '../frame/control-error.js';
import { escapeHtml } from '../frame/html.js';
import type { WechatContext } from './context.js';
import { byPrepayId, H5_PATH } from './open-order.js';
import type { WechatTrade } from './order.js';

interface Page {
  readonly Querystring: { readonly prepay_id?: string; readonly redirect_url?: string };
}

/** The page behind h5_url: in production it wakes the WeChat app, here a button stands for it. */
export function registerH5Page(scope: FastifyInstance, context: WechatContext): void {
  scope.get<Page>(H5_PATH, async ({ query }, reply) =>
    orRefused(reply, () => confirmation(byPrepayId(query.prepay_id ?? '', 'h5', context))),
  );
  scope.post<Page>(H5_PATH, async ({ query }, reply) => {
    let result = '';
    const page = await orRefused(reply, async () => {
      result = await context.frame.cashier.pay(byPrepayId(query.prepay_id ?? '', 'h5', context));
      return `<p>${escapeHtml(result === 'success' ? '支付成功' : `支付失败: ${result}`)}</p>`;
    });
    // After paying or giving up the user is sent back; that is no proof of payment.
    const back = backToShop(query.redirect_url);
    return result !== '' && back !== undefined ? reply.redirect(back, 303) : page;
  });
}

async function orRefused(reply: FastifyReply, content: () => string | Promise<string>): Promise<string> {
  reply.type('text/html; charset=utf-8');
  try {
    return page(await content());
  } catch (cause) {
    if (!(cause instanceof ControlError)) throw cause;
    reply.code(cause.status);
    return page(`<p>${escapeHtml(cause.detail)}</p>`);
  }
}

/** Posting to its own address keeps prepay_id and redirect_url. */
function confirmation(trade: WechatTrade): string {
  return `<p>${escapeHtml(trade.description)}</p>
<p>¥${(trade.amount / 100).toFixed(2)}</p>
<form method="post"><button>支付 (payer-1)</button></form>`;
}

const page = (content: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>SANDBOX 微信支付</title></head>
<body><h1>SANDBOX 微信支付</h1>${content}</body></html>`;
