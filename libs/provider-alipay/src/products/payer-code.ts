import { Rejected, type Prepare, type PrepareRequest } from '@hutong/payment-port';
import type { AlipayClient } from '../alipay.client.js';
import { notifyAddress, orderContent } from './order.js';

const METHOD = 'alipay.trade.pay';
/** Both mean that the trade stands: 10000 says charged, 10003 that the payer is asked for the password. */
const TAKEN = ['10000', '10003'];
/** The first question comes after 5 s, then one every 3 to 5 s, for 30 to 60 s in all (opendocs open/00f7nv). */
const POLL_AFTER_MS = 5_000;
const PASSWORD_MS = 50_000;
/** 16 to 24 digits that begin with 25 to 30. */
const AUTH_CODE = /^(?:2[5-9]|30)\d{14,22}$/;

/**
 * alipay.trade.pay with a bar code (opendocs open/02ekfp): the payer shows a code, the till scans it, Alipay charges.
 * "Charged" leaves nothing to do on the payer's device and proves nothing here: proof is a query or a notification.
 */
export function payerCode(client: AlipayClient): Prepare<'payer_code'> {
  return async (request) => {
    const shown = { scene: 'bar_code', auth_code: authCodeOf(request) };
    const content = { ...orderContent(request, 'FACE_TO_FACE_PAYMENT'), ...shown };
    const answer = await client.call(METHOD, content, notifyAddress(request), TAKEN);
    return answer('code') === '10000'
      ? { type: 'none', expiresAt: request.expiresAt }
      : { type: 'await_payer', pollAfterMs: POLL_AFTER_MS, expiresAt: endOfWait(request) };
  };
}

/** After that the till goes on without this payer: what is still unpaid is to be closed. */
function endOfWait({ requestedAt, expiresAt }: PrepareRequest): Date {
  return new Date(Math.min(expiresAt.getTime(), requestedAt.getTime() + PASSWORD_MS));
}

/** Whoever reads a code within its minute can charge it, so no error repeats it. */
function authCodeOf({ authCode }: PrepareRequest): string {
  if (authCode !== undefined && AUTH_CODE.test(authCode)) return authCode;
  throw new Rejected('A payment code of Alipay is needed: 16 to 24 digits that begin with 25 to 30.', {
    provider: 'alipay',
    operation: METHOD,
    reason: 'payer_unfit',
    code: authCode === undefined ? 'auth_code_missing' : 'auth_code_invalid',
  });
}
