import type { AwaitPayer, NoAction, Prepare, PrepareRequest } from '@hutong/payment-port';
import { textField, type JsonObject } from '../json-fields.js';
import type { Merchant } from '../merchant.js';
import { readOrder } from '../order-query.js';
import type { WechatAnswer, WechatPayClient } from '../wechat-pay.client.js';
import { genuineError, refusedHere, unknownOutcome, type Meanings } from '../wechat-pay.errors.js';
import { actionExpiry, orderBody } from './place-order.js';

const OPERATION = 'order_codepay';
/** WeChat's payment codes; those of other wallets begin with other digits. */
const PAYMENT_CODE = /^1[0-5]\d{16}$/;
/** How often to ask while the payer types the password, and for how long: after that the order is to be reversed. */
const POLL_MS = 5_000;
const PASSWORD_MS = 45_000;
/** The till's address where the merchant does not tell it; the field wants one. */
const UNTOLD_IP = '127.0.0.1';

/**
 * What codes mean where the payer is charged, and trade states that answer with a no. The codes about the payment code
 * are those of the older interface (V2); V3 documents none.
 */
const MEANINGS: Meanings = {
  NOT_ENOUGH: 'insufficient_funds',
  NOTENOUGH: 'insufficient_funds',
  AUTH_CODE_INVALID: 'payer_unfit',
  AUTH_CODE_ERROR: 'payer_unfit',
  AUTHCODEEXPIRE: 'payer_unfit',
  NOTSUPORTCARD: 'payer_unfit',
  /** Our number is taken by an order of another payer. */
  BUYER_MISMATCH: 'order_exists',
  ORDERREVERSED: 'order_closed',
  PAYERROR: 'payer_declined',
  REVOKED: 'order_closed',
  CLOSED: 'order_closed',
};

/**
 * A code that the payer shows and the till scans (付款码): pay.weixin.qq.com/docs/merchant/apis/code-payment-v3/direct/code-pay.html.
 * The answer may say that it is paid; only a query proves that. There is no notification.
 *
 * Sent once: a code is good for one charge, so a second sending could be refused as "used" although, or because, the
 * first one took the money. A host that was not reached at all has taken nothing, and the other one is asked.
 * @throws Rejected `invalid_request` before any call when the code is none of WeChat's
 */
export function payerCode(client: WechatPayClient): Prepare<'payer_code'> {
  return async (request: PrepareRequest): Promise<AwaitPayer | NoAction> => {
    const body = codePayBody(client.merchant, request);
    const path = '/v3/pay/transactions/codepay';
    return actionAfter(
      client,
      request,
      await client.exchange({ operation: OPERATION, method: 'POST', path, body, once: true }),
    );
  };
}

/** No expiry and no address to report to: this order is paid now or reversed. */
function codePayBody(merchant: Merchant, request: PrepareRequest): JsonObject {
  const { authCode, payer } = request;
  if (authCode === undefined || !PAYMENT_CODE.test(authCode)) throw foreignCode();
  return {
    ...orderBody(merchant.mchid, merchant.appids.page, request),
    payer: { auth_code: authCode },
    scene_info: { device_ip: payer?.ip || UNTOLD_IP, store_info: { out_id: merchant.storeOutId } },
  };
}

/** Sources differ on how "the payer types the password" comes: 200 with that state, or 202 with that code. */
function actionAfter(
  client: WechatPayClient,
  request: PrepareRequest,
  { status, content, error }: WechatAnswer,
): AwaitPayer | NoAction {
  if (error !== undefined && error.code === 'USERPAYING' && status < 300) return awaitPayer(request);
  if (error !== undefined) throw genuineError(error, MEANINGS);
  if (content === undefined) throw unknownOutcome(OPERATION, 'the answer is empty');
  const { snapshot } = readOrder(client, OPERATION, request.reference, content);
  switch (snapshot.state) {
    case 'paid':
    case 'refunded':
      return { type: 'none', expiresAt: request.expiresAt };
    case 'awaiting_payer':
    case 'processing':
      return awaitPayer(request);
    default:
      throw refusedState(status, content);
  }
}

function awaitPayer(request: PrepareRequest): AwaitPayer {
  return { type: 'await_payer', pollAfterMs: POLL_MS, expiresAt: actionExpiry(request, PASSWORD_MS) };
}

function refusedState(status: number, order: JsonObject): Error {
  const [code, message] = [textField(order, 'trade_state'), textField(order, 'trade_state_desc')];
  return genuineError({ operation: OPERATION, status, code, message }, MEANINGS);
}

/** The code itself is as good as money and is not repeated. */
function foreignCode(): Error {
  const hint =
    "WeChat needs the payer's payment code, 18 digits beginning with 10 to 15: give auth_code as it was scanned.";
  return refusedHere(OPERATION, 'invalid_request', 'auth_code_unfit', hint);
}
