import { OutcomeUnknown, Rejected, UntrustedMessage, type RejectionReason } from '@hutong/payment-port';
import type { Fields } from './message-fields.js';

/** Which call it was, for whoever reads the error. */
export interface CallContext {
  readonly provider: 'alipay';
  readonly operation: string;
}

/**
 * sub_code of a 40004 answer → our reason (error tables of the trade pages; `ACQ.` left out). A code that is not here
 * is unknown: it may stand for money that moved. ACQ.SYSTEM_ERROR is missing on purpose, and so is
 * ACQ.DISCORDANT_REPEAT_REQUEST: a refund under our number does exist there, only with another amount.
 */
const BUSINESS_REASONS: Readonly<Record<string, RejectionReason>> = {
  INVALID_PARAMETER: 'invalid_request',
  EXIST_FORBIDDEN_WORD: 'invalid_request',
  TOTAL_FEE_EXCEED: 'invalid_request',
  NOW_TIME_AFTER_EXPIRE_TIME_ERROR: 'invalid_request',
  SUB_GOODS_SIZE_MAX_COUNT: 'invalid_request',
  RISK_MERCHANT_IP_NOT_EXIST: 'invalid_request',
  TRADE_STATUS_ERROR: 'invalid_request',
  REASON_TRADE_STATUS_INVALID: 'invalid_request',
  REASON_ILLEGAL_STATUS: 'invalid_request',
  TRADE_NOT_ALLOW_REFUND: 'invalid_request',
  NOT_ALLOW_PARTIAL_REFUND: 'invalid_request',
  ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND: 'invalid_request',

  PARTNER_ERROR: 'invalid_configuration',
  SELLER_NOT_EXIST: 'invalid_configuration',
  INVALID_RECEIVE_ACCOUNT: 'invalid_configuration',
  INVALID_STORE_ID: 'invalid_configuration',

  ACCESS_FORBIDDEN: 'not_permitted',
  SELLER_BEEN_BLOCKED: 'not_permitted',
  MERCHANT_STATUS_NOT_NORMAL: 'not_permitted',
  BEYOND_PAY_RESTRICTION: 'not_permitted',
  BEYOND_PER_RECEIPT_RESTRICTION: 'not_permitted',
  BEYOND_PER_RECEIPT_SINGLE_RESTRICTION: 'not_permitted',
  BEYOND_PER_RECEIPT_DAY_RESTRICTION: 'not_permitted',
  MERCHANT_PERM_RECEIPT_SINGLE_LIMIT: 'not_permitted',
  MERCHANT_PERM_RECEIPT_DAY_LIMIT: 'not_permitted',
  MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT: 'not_permitted',
  REASON_TRADE_BEEN_FREEZEN: 'not_permitted',

  CONTEXT_INCONSISTENT: 'order_exists',
  APPLY_PC_MERCHANT_CODE_ERROR: 'order_exists',
  TRADE_HAS_SUCCESS: 'order_paid',
  TRADE_HAS_CLOSE: 'order_closed',
  TRADE_NOT_EXIST: 'order_not_found',

  BUYER_NOT_EXIST: 'payer_unfit',
  BUYER_SELLER_EQUAL: 'payer_unfit',
  BUYER_ENABLE_STATUS_FORBID: 'payer_unfit',
  TRADE_BUYER_NOT_MATCH: 'payer_unfit',
  PAYER_UNMATCHED: 'payer_unfit',
  PAYMENT_REQUEST_HAS_RISK: 'payer_unfit',
  NO_PAYMENT_INSTRUMENTS_AVAILABLE: 'payer_unfit',
  ERROR_BALANCE_PAYMENT_DISABLE: 'payer_unfit',
  BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR: 'payer_unfit',
  BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR: 'payer_unfit',
  ERROR_BUYER_CERTIFY_LEVEL_LIMIT: 'payer_unfit',
  PAYMENT_AUTH_CODE_INVALID: 'payer_unfit',
  PULL_MOBILE_CASHIER_FAIL: 'payer_unfit',
  MOBILE_PAYMENT_SWITCH_OFF: 'payer_unfit',
  USER_FACE_PAYMENT_SWITCH_OFF: 'payer_unfit',
  PAYMENT_FAIL: 'payer_declined',
  BUYER_BALANCE_NOT_ENOUGH: 'insufficient_funds',
  BUYER_BANKCARD_BALANCE_NOT_ENOUGH: 'insufficient_funds',

  SELLER_BALANCE_NOT_ENOUGH: 'merchant_balance_too_low',
  REFUND_AMT_NOT_EQUAL_TOTAL: 'refund_exceeds_payment',
  REASON_TRADE_REFUND_FEE_ERR: 'refund_exceeds_payment',
  REFUND_FEE_ERROR: 'refund_exceeds_payment',
  TRADE_CANCEL_TIME_OUT: 'refund_window_over',
  CANCEL_NOT_ALLOWED: 'invalid_request',
  TRADE_HAS_FINISHED: 'refund_window_over',

  /** Statements; the misspelt one is theirs. Which codes say that there is none, says bills.ts. */
  INVAILID_ARGUMENTS: 'invalid_request',
  BILL_DATE_BEFORE_REGISTRATION: 'invalid_request',
  TYPE_NOT_SUPPORTED: 'invalid_request',
  SYSTEM_RATE_LIMIT: 'rate_limited',
  USER_RATE_LIMIT: 'rate_limited',
};

/** What the gateway says before a product is reached (opendocs common/02km9f): nothing was executed. */
const GATEWAY_REASONS: Readonly<Record<string, RejectionReason>> = {
  '20001': 'not_permitted',
  '40001': 'invalid_configuration',
  '40002': 'invalid_configuration',
  '40003': 'invalid_configuration',
  '40005': 'rate_limited',
  '40006': 'not_permitted',
};

/** Among the 40002 it is these that blame the order and not the account. */
const BLAMES_THE_REQUEST = new Set(['isv.invalid-parameter', 'isv.illegal-json', 'isv.suspected-attack']);

/** 40001, 40002, 40003, 40006: the gateway may be unable to sign these, an unknown app has no signing mode. */
const MAY_COME_UNSIGNED = new Set(['40001', '40002', '40003', '40006']);

const CERTIFICATE_MODE_HINT =
  'The app is in certificate mode in the console: set app_cert, alipay_cert and root_cert, not alipay_public_key.';

const HINTS: Readonly<Record<string, string>> = {
  'isv.invalid-signature': ' Does private_key belong to the public key uploaded in the console (应用公钥)?',
  'isv.invalid-app-id': ' Do app_id and gateway_url belong to the same environment?',
  'isv.missing-app-cert-sn': ` ${CERTIFICATE_MODE_HINT}`,
  'isv.missing-alipay-root-cert-sn': ` ${CERTIFICATE_MODE_HINT}`,
  'isv.invalid-alipay-root-cert-sn': ' Is root_cert the 支付宝根证书 of this environment?',
};

/** `ACQ.X`, `AQC.X` (their typing slip), `aop.ACQ.X` and `X` are one code. */
export function businessCode(subCode: string): string {
  return subCode.replace(/^(?:aop\.)?(?:ACQ\.|AQC\.)?/, '');
}

/** A genuine answer other than success, as an error. Whatever does not surely say no is unknown. */
export function refusal(context: CallContext, answer: Fields): Rejected | OutcomeUnknown {
  const code = answer('code') ?? '';
  const subCode = answer('sub_code') ?? code;
  const reason = reasonOf(code, subCode);
  if (reason === undefined) {
    return new OutcomeUnknown(`Alipay did not say how ${context.operation} ended (${code} ${subCode}).`, context);
  }
  // Only a business answer's text is fit to show: the gateway's own may quote the whole signed request.
  const text = code === '40004' ? ` ${(answer('sub_msg') ?? '').slice(0, 200)}` : hintOf(subCode);
  return new Rejected(`Alipay refused ${context.operation}: ${subCode}.${text}`, { ...context, reason, code: subCode });
}

/** An answer without a signature proves nothing, except that the gateway does not know who asks. */
export function unsignedAnswer(context: CallContext, answer: Fields): Rejected | UntrustedMessage {
  const code = answer('code') ?? '';
  const subCode = answer('sub_code') ?? '';
  if (MAY_COME_UNSIGNED.has(code) && /^isv\.[a-z0-9-]{1,64}$/.test(subCode)) {
    const message = `Alipay refused ${context.operation} without a signature: ${subCode}.${hintOf(subCode)}`;
    return new Rejected(message, { ...context, reason: 'invalid_configuration', code: subCode });
  }
  return new UntrustedMessage(`Alipay's answer to ${context.operation} carries no signature.`, context);
}

/** A signature that Alipay's key, as our settings have it, did not make. */
export function brokenSignature(context: CallContext, inCertificateMode: boolean): UntrustedMessage {
  const hint = inCertificateMode
    ? 'Is alipay_cert the one that the console shows as 支付宝公钥证书?'
    : 'Is alipay_public_key the one that the console shows as 支付宝公钥?';
  return new UntrustedMessage(
    `The signature of Alipay's answer to ${context.operation} does not hold. ${hint}`,
    context,
  );
}

/** The app's certificate has ended: refused here, because Alipay would say `app-cert-expired` to the payer. */
export function certificateEnded(context: CallContext, endedAt: Date): Rejected {
  const message = `app_cert ended at ${endedAt.toISOString()}; renew it in the console and set the new one.`;
  return new Rejected(message, { ...context, reason: 'invalid_configuration', code: 'app-cert-expired' });
}

/** An answer that names another certificate than ours, or none. What it names is nobody's signed word. */
export function otherCertificate(context: CallContext, named: string | undefined, expected: string): UntrustedMessage {
  const which = named !== undefined && /^[0-9a-f]{32}$/.test(named) ? named : 'none';
  const hint =
    which === 'none'
      ? 'Is the app in certificate mode in the console?'
      : 'Alipay re-issues its certificate a month before it ends (same key, new number): download 支付宝公钥证书 again.';
  const message = `Alipay's answer to ${context.operation} names the certificate ${which}, alipay_cert is ${expected}. ${hint}`;
  return new UntrustedMessage(message, context);
}

function reasonOf(code: string, subCode: string): RejectionReason | undefined {
  if (/unknow-error|SYSTEM_ERROR/.test(subCode)) return undefined;
  if (code === '40004') return own(BUSINESS_REASONS, businessCode(subCode));
  return code === '40002' && BLAMES_THE_REQUEST.has(subCode) ? 'invalid_request' : own(GATEWAY_REASONS, code);
}

function hintOf(subCode: string): string {
  return own(HINTS, subCode) ?? '';
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
