import {
  Rejected,
  UntrustedMessage,
  type CloseOutcome,
  type Payments,
  type RejectionReason,
  type Snapshot,
} from '@hutong/payment-port';
import { orderSnapshot } from './order-snapshot.js';
import { appSdk } from './products/app-sdk.js';
import { miniProgram } from './products/mini-program.js';
import { mobilePage } from './products/mobile-page.js';
import { qrCode } from './products/qr-code.js';
import { walletBrowser } from './products/wallet-browser.js';
import type { WechatAnswer, WechatPayClient } from './wechat-pay.client.js';
import { unknownOutcome } from './wechat-pay.errors.js';

export function wechatPayments(client: WechatPayClient): Payments {
  return {
    prepare: {
      app_sdk: appSdk(client),
      mini_program: miniProgram(client),
      wallet_browser: walletBrowser(client),
      mobile_page: mobilePage(client),
      qr_code: qrCode(client),
    },
    query: (reference) => query(client, reference),
    close: (reference) => close(client, reference),
  };
}

/** `GET /v3/pay/transactions/out-trade-no/{out_trade_no}?mchid=`: pay.weixin.qq.com/doc/v3/merchant/4012791859. */
async function query(client: WechatPayClient, reference: string): Promise<Snapshot> {
  const { mchid } = client.merchant;
  try {
    const order = await client.ask({
      operation: 'query',
      method: 'GET',
      path: `${orderPath(reference)}?mchid=${mchid}`,
    });
    if (order['out_trade_no'] !== reference || order['mchid'] !== mchid) throw anotherOrder();
    const snapshot = orderSnapshot(client.merchant, order);
    if (snapshot === undefined)
      throw unknownOutcome('query', 'no document lists this trade_state with what stands beside it');
    return snapshot;
  } catch (error) {
    if (error instanceof Rejected && error.reason === 'order_not_found') return { state: 'not_found' };
    throw error;
  }
}

/** What a refused close says about the order; any other refusal says nothing about it. */
const REFUSED_CLOSE: Readonly<Partial<Record<RejectionReason, CloseOutcome>>> = {
  order_closed: 'closed',
  order_paid: 'already_paid',
  order_not_found: 'not_found',
};

/** Only a 204 is closed: pay.weixin.qq.com/doc/v3/merchant/4012791860. Closing again answers 204 again. */
async function close(client: WechatPayClient, reference: string): Promise<CloseOutcome> {
  const { mchid } = client.merchant;
  try {
    const answer = await client.call({
      operation: 'close',
      method: 'POST',
      path: `${orderPath(reference)}/close`,
      body: { mchid },
    });
    return closedBy(answer);
  } catch (error) {
    const outcome = error instanceof Rejected ? REFUSED_CLOSE[error.reason] : undefined;
    if (outcome === undefined) throw error;
    return outcome;
  }
}

function closedBy({ status }: WechatAnswer): CloseOutcome {
  if (status !== 204) throw unknownOutcome('close', `HTTP ${status} where 204 says that it is closed`);
  return 'closed';
}

function orderPath(reference: string): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(reference)}`;
}

/** Well signed, but an answer to another question: replayed or swapped on the way. */
function anotherOrder(): UntrustedMessage {
  return new UntrustedMessage("WeChat Pay's answer is about another order.", {
    provider: 'wechat_pay',
    operation: 'query',
  });
}
