import { OutcomeUnknown, Rejected, type CloseOutcome, type Payments, type Snapshot } from '@hutong/payment-port';
import type { AlipayClient } from './alipay.client.js';
import { businessCode, type CallContext } from './alipay.errors.js';
import type { Fields } from './message-fields.js';
import { appSdk } from './products/app-sdk.js';
import { desktopPage } from './products/desktop-page.js';
import { mobilePage } from './products/mobile-page.js';
import { payerCode } from './products/payer-code.js';
import { qrCode } from './products/qr-code.js';
import { walletBrowser } from './products/wallet-browser.js';
import { readTrade, type Wording } from './trade-facts.js';

const QUERY: CallContext = { provider: 'alipay', operation: 'alipay.trade.query' };
const CLOSE: CallContext = { provider: 'alipay', operation: 'alipay.trade.close' };

const QUERY_WORDING: Wording = { paymentDate: 'send_pay_date', payerIds: ['buyer_open_id', 'buyer_user_id'] };

/** Only a waiting trade can be closed; which of the others it is, only a query tells. */
const NOT_WAITING = new Set([
  'TRADE_STATUS_ERROR',
  'REASON_TRADE_STATUS_INVALID',
  'REASON_ILLEGAL_STATUS',
  'TRADE_HAS_SUCCESS',
  'TRADE_HAS_CLOSE',
  'TRADE_HAS_FINISHED',
]);

export function alipayPayments(client: AlipayClient): Payments {
  return {
    prepare: {
      app_sdk: appSdk(client),
      wallet_browser: walletBrowser(client),
      mobile_page: mobilePage(client),
      desktop_page: desktopPage(client),
      qr_code: qrCode(client),
      payer_code: payerCode(client),
    },
    query: (reference) => queryTrade(client, reference),
    close: (reference) => closeTrade(client, reference),
  };
}

/** alipay.trade.query (opendocs open/02e7gm). Its answer names no seller: the account whose key verified it is paid. */
async function queryTrade(client: AlipayClient, reference: string): Promise<Snapshot> {
  try {
    const answer = await client.call(QUERY.operation, { out_trade_no: reference });
    return tradeOf(client, answer);
  } catch (error) {
    if (error instanceof Rejected && error.reason === 'order_not_found') return { state: 'not_found' };
    throw error;
  }
}

function tradeOf(client: AlipayClient, answer: Fields): Snapshot {
  if (answer('out_trade_no') === undefined) throw unclear('names no out_trade_no');
  try {
    const trade = readTrade(answer, QUERY_WORDING, client.sellerId);
    if (trade !== 'unlisted') return trade;
  } catch (cause) {
    throw unclear('has no readable amount, time or number', cause);
  }
  throw unclear(`has a state that no document lists (${(answer('trade_status') ?? 'none').slice(0, 32)})`);
}

/**
 * alipay.trade.close (opendocs open/02o6e7), for codes that payers show too: it closes a waiting trade and refuses any
 * other in one step. Never alipay.trade.cancel, which refunds a payer who was faster; why, says the README.
 */
async function closeTrade(client: AlipayClient, reference: string): Promise<CloseOutcome> {
  try {
    await client.call(CLOSE.operation, { out_trade_no: reference });
    return 'closed';
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    if (error.reason === 'order_not_found') return 'not_found';
    if (!NOT_WAITING.has(businessCode(error.code))) throw error;
    return whyNotClosed(await queryTrade(client, reference));
  }
}

/** What was paid and went back was paid first: the core must look at it, not forget it. */
function whyNotClosed({ state }: Snapshot): CloseOutcome {
  switch (state) {
    case 'paid':
    case 'refunded':
      return 'already_paid';
    case 'closed':
    case 'not_found':
      return state;
    default:
      throw new OutcomeUnknown(`Alipay would not close a trade that it calls ${state}.`, CLOSE);
  }
}

function unclear(what: string, cause?: unknown): OutcomeUnknown {
  return new OutcomeUnknown(`Alipay's answer to ${QUERY.operation} ${what}.`, { ...QUERY, cause });
}
