import { OutcomeUnknown, Rejected, UntrustedMessage, type RejectionReason } from '@hutong/payment-port';
import type { Fields } from './message-fields.js';

/** Which call it was, for whoever reads the error. */
export interface CallContext {
  readonly provider: 'alipay';
  readonly operation: string;
}

/**
 * sub_code of a 40004 answer → our reason (error tables of the pages of pay, precreate, create, query, close, cancel, refund
 * and its query, and bills; `ACQ.` left out). A code that is not here is unknown, as those are that may stand for money
 * that moved.
 */
export const BUSINESS_REASONS = {
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
  CANCEL_NOT_ALLOWED: 'invalid_request',
  AMOUNT_OR_CURRENCY_ERROR: 'invalid_request',
  CURRENCY_NOT_SUPPORT: 'invalid_request',
  PRODUCT_AMOUNT_LIMIT_ERROR: 'invalid_request',
  REQUEST_AMOUNT_EXCEED: 'invalid_request',
  ILLEGAL_ARGUMENT: 'invalid_request',
  CUSTOMER_VALIDATE_ERROR: 'invalid_request',
  ALLOC_AMOUNT_VALIDATE_ERROR: 'invalid_request',
  UN_SUPPORT_TRADE_SCENE: 'invalid_request',
  NOTIFY_STATUS_INVALID: 'invalid_request',
  INVAILID_ARGUMENTS: 'invalid_request',
  BILL_DATE_BEFORE_REGISTRATION: 'invalid_request',
  TYPE_NOT_SUPPORTED: 'invalid_request',

  PARTNER_ERROR: 'invalid_configuration',
  SELLER_NOT_EXIST: 'invalid_configuration',
  INVALID_RECEIVE_ACCOUNT: 'invalid_configuration',
  INVALID_STORE_ID: 'invalid_configuration',
  STORE_INFO_INVALID: 'invalid_configuration',
  TRADE_SETTLE_ERROR: 'invalid_configuration',
  DEFAULT_SETTLE_RULE_NOT_EXIST: 'invalid_configuration',
  ROYALTY_ACCOUNT_NOT_EXIST: 'invalid_configuration',
  REFUND_ACCOUNT_NOT_EXIST: 'invalid_configuration',
  REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST: 'invalid_configuration',
  OVERDRAFT_ASSIGN_ACCOUNT_INVALID: 'invalid_configuration',
  OVERDRAFT_AGREEMENT_NOT_MATCH: 'invalid_configuration',
  SMILE_PAY_MERCHANT_NOT_MATCH: 'invalid_configuration',
  OPEN_ID_NOT_TINY_APP: 'invalid_configuration',
  UNBOUND_APPLICATION: 'invalid_configuration',
  SUB_MERCHANT_CREATE_FAIL: 'invalid_configuration',
  SUB_MERCHANT_TYPE_INVALID: 'invalid_configuration',
  SECONDARY_MERCHANT_STATUS_ERROR: 'invalid_configuration',
  SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID: 'invalid_configuration',
  SECONDARY_MERCHANT_ID_INVALID: 'invalid_configuration',
  SECONDARY_MERCHANT_ID_BLANK: 'invalid_configuration',
  SECONDARY_MERCHANT_NOT_MATCH: 'invalid_configuration',
  SECONDARY_MERCHANT_ISV_PUNISH_INDIRECT: 'invalid_configuration',
  SECONDARY_MERCHANT_CARD_ALIAS_NO_INVALID: 'invalid_configuration',
  PLATFORM_BUSINESS_ACQUIRE_MODE_MUST_MERCHANT_ID: 'invalid_configuration',

  ACCESS_FORBIDDEN: 'not_permitted',
  SELLER_BEEN_BLOCKED: 'not_permitted',
  MERCHANT_STATUS_NOT_NORMAL: 'not_permitted',
  MERCHANT_AGREEMENT_NOT_EXIST: 'not_permitted',
  MERCHANT_AGREEMENT_INVALID: 'not_permitted',
  MERCHANT_UNSUPPORT_ADVANCE: 'not_permitted',
  ERROR_SELLER_CERTIFY_LEVEL_LIMIT: 'not_permitted',
  RESTRICTED_MERCHANT_INDUSTRY: 'not_permitted',
  BIZ_PRODUCT_NOT_ALLOWED: 'not_permitted',
  PRODUCT_NOT_SUPPORT_IN_TINY_APP: 'not_permitted',
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
  BUYER_ERROR: 'payer_unfit',
  BUYER_NOT_MAINLAND_CERT: 'payer_unfit',
  NOT_CERTIFIED_USER: 'payer_unfit',
  CERT_EXPIRED: 'payer_unfit',
  USER_LOGONID_DUP: 'payer_unfit',
  USER_NOT_MATCH_ERR: 'payer_unfit',
  TRADE_BUYER_NOT_MATCH: 'payer_unfit',
  PAYER_UNMATCHED: 'payer_unfit',
  PAYMENT_REQUEST_HAS_RISK: 'payer_unfit',
  NO_PAYMENT_INSTRUMENTS_AVAILABLE: 'payer_unfit',
  NOT_SUPPORT_PAYMENT_INST: 'payer_unfit',
  CARD_USER_NOT_MATCH: 'payer_unfit',
  CARD_TYPE_ERROR: 'payer_unfit',
  ERROR_BALANCE_PAYMENT_DISABLE: 'payer_unfit',
  BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR: 'payer_unfit',
  BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR: 'payer_unfit',
  ERROR_BUYER_CERTIFY_LEVEL_LIMIT: 'payer_unfit',
  PAYMENT_AUTH_CODE_INVALID: 'payer_unfit',
  PULL_MOBILE_CASHIER_FAIL: 'payer_unfit',
  MOBILE_PAYMENT_SWITCH_OFF: 'payer_unfit',
  USER_FACE_PAYMENT_SWITCH_OFF: 'payer_unfit',
  BUYER_UNSUPPORT_ADVANCE: 'payer_unfit',

  PAYMENT_FAIL: 'payer_declined',

  BUYER_BALANCE_NOT_ENOUGH: 'insufficient_funds',
  BUYER_BANKCARD_BALANCE_NOT_ENOUGH: 'insufficient_funds',

  SELLER_BALANCE_NOT_ENOUGH: 'merchant_balance_too_low',

  REFUND_AMT_NOT_EQUAL_TOTAL: 'refund_exceeds_payment',
  REASON_TRADE_REFUND_FEE_ERR: 'refund_exceeds_payment',
  REFUND_FEE_ERROR: 'refund_exceeds_payment',

  TRADE_CANCEL_TIME_OUT: 'refund_window_over',
  TRADE_HAS_FINISHED: 'refund_window_over',

  SYSTEM_RATE_LIMIT: 'rate_limited',
  USER_RATE_LIMIT: 'rate_limited',

  NO_BILL_DATA: 'unavailable',
  BILL_NOT_EXIST: 'unavailable',

  // Of agreements, pre-authorisations, subscriptions and credit, which we order nothing with.
  AGREEMENT_NOT_EXIST: 'invalid_request',
  AGREEMENT_INVALID: 'invalid_request',
  AGREEMENT_STATUS_NOT_NORMAL: 'invalid_request',
  AGREEMENT_ERROR: 'invalid_request',
  AUTH_NO_ERROR: 'invalid_request',
  AUTH_AMOUNT_NOT_ENOUGH: 'invalid_request',
  AUTH_TOKEN_IS_NOT_EXIST: 'invalid_request',
  AUTH_ORDER_NOT_PAID: 'invalid_request',
  AUTH_ORDER_HAS_FINISHED: 'invalid_request',
  AUTH_ORDER_HAS_CLOSED: 'invalid_request',
  PRE_AUTH_PROD_CODE_INCONSISTENT: 'invalid_request',
  ZM_AUTH_AMOUNT_EXCEED: 'invalid_request',
  ZM_CREDIT_AUTH_FAIL: 'invalid_request',
  ZM_AUTH_RULE_LIMIT: 'invalid_request',
  ORDER_UNSUPPORT_ADVANCE: 'invalid_request',
  CYCLE_PAY_DATE_NOT_MATCH: 'invalid_request',
  CYCLE_PAY_SINGLE_FEE_EXCEED: 'invalid_request',
  CYCLE_PAY_TOTAL_FEE_EXCEED: 'invalid_request',
  CYCLE_PAY_TOTAL_TIMES_EXCEED: 'invalid_request',
  OVER_MAX_DEDUCT_COUNT: 'invalid_request',
  OVER_MAX_UNDER_WAY_DEDUCT_COUNT: 'invalid_request',
  OVER_DEDUCT_PERIOD: 'invalid_request',
  OVER_MERCHANT_DAILY_DEDUCT_AMOUNT: 'invalid_request',

  SYSTEM_ERROR: 'unknown',
  UNKNOWN_ERROR: 'unknown',
  /** A refund under our number does exist there, only with another amount. */
  DISCORDANT_REPEAT_REQUEST: 'unknown',
  /** The fee did not come back; whether the money went is not said. */
  REFUND_CHARGE_ERROR: 'unknown',
  /** Whatever an enterprise's own rules said. */
  ENTERPRISE_PAY_BIZ_ERROR: 'unknown',
} as const satisfies Readonly<Record<string, RejectionReason | 'unknown'>>;

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

/** An answer that names a certificate which is not to be had, or none. What it names is nobody's signed word. */
export function otherCertificate(context: CallContext, named: string | undefined, cause?: unknown): UntrustedMessage {
  const which = named !== undefined && /^[0-9a-f]{32}$/.test(named) ? named : 'none';
  const hint =
    which === 'none'
      ? 'Is the app in certificate mode in the console?'
      : 'It is not alipay_cert and could not be fetched: are root_cert and alipay_cert those of this environment?';
  const message = `Alipay's answer to ${context.operation} names the certificate ${which}. ${hint}`;
  return new UntrustedMessage(message, { ...context, cause });
}

function reasonOf(code: string, subCode: string): RejectionReason | undefined {
  if (/unknow-error|SYSTEM_ERROR/.test(subCode)) return undefined;
  if (code === '40004') return businessReason(subCode);
  return code === '40002' && BLAMES_THE_REQUEST.has(subCode) ? 'invalid_request' : own(GATEWAY_REASONS, code);
}

function businessReason(subCode: string): RejectionReason | undefined {
  const reason = own<RejectionReason | 'unknown'>(BUSINESS_REASONS, businessCode(subCode));
  return reason === 'unknown' ? undefined : reason;
}

function hintOf(subCode: string): string {
  return own(HINTS, subCode) ?? '';
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
