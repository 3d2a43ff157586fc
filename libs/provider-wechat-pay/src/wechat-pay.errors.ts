import { OutcomeUnknown, Rejected, UntrustedMessage, type RejectionReason } from '@hutong/payment-port';
import { fitBytes, plainText, type HttpAnswer } from '@hutong/provider-kit';
import { readJsonObject, textField } from './json-fields.js';

/** What their codes mean in our words. */
export type Meanings = Readonly<Record<string, RejectionReason | 'unknown'>>;

/**
 * Their codes in our words, for answers whose signature held. `unknown` says neither yes nor no; a code that is not
 * listed is unknown too. Spellings without underscores are of 2020's documents and still met.
 * Sources: the error tables of each API page, and pay.weixin.qq.com/doc/v3/merchant/4012791869 (known problems).
 */
export const ERROR_CODES = {
  PARAM_ERROR: 'invalid_request',
  INVALID_REQUEST: 'invalid_request',
  SIGN_ERROR: 'invalid_configuration',
  APPID_MCHID_NOT_MATCH: 'invalid_configuration',
  MCH_NOT_EXISTS: 'invalid_configuration',
  NO_AUTH: 'not_permitted',
  NOAUTH: 'not_permitted',
  RULE_LIMIT: 'not_permitted',
  RULELIMIT: 'not_permitted',
  OUT_TRADE_NO_USED: 'order_exists',
  ORDER_PAID: 'order_paid',
  ORDERPAID: 'order_paid',
  ORDER_CLOSED: 'order_closed',
  ORDERCLOSED: 'order_closed',
  ORDER_NOT_EXIST: 'order_not_found',
  ORDER_NOT_EXISTS: 'order_not_found',
  ORDERNOTEXIST: 'order_not_found',
  RESOURCE_NOT_EXISTS: 'order_not_found',
  INVALID_TRANSACTIONID: 'order_not_found',
  OPENID_MISMATCH: 'payer_unfit',
  USER_ACCOUNT_ABNORMAL: 'payer_unfit',
  ACCOUNTERROR: 'payer_unfit',
  /** The merchant's at a refund: the same number goes again after a top-up. The payer's where a code is charged. */
  NOT_ENOUGH: 'merchant_balance_too_low',
  NOTENOUGH: 'merchant_balance_too_low',
  TRADE_OVERDUE: 'refund_window_over',
  FREQUENCY_LIMITED: 'rate_limited',
  RATELIMIT_EXCEEDED: 'rate_limited',
  /** Of a day's statement: nothing happened on it; or it is still being made. */
  NO_STATEMENT_EXIST: 'unavailable',
  STATEMENT_CREATING: 'unavailable',
  /** The refund's number is taken by a refund of another amount: one exists, so this is no clear no. */
  REFUND_FEE_MISMATCH: 'unknown',
  /** Its meaning is in the message only, and we never branch on messages. */
  TRADE_ERROR: 'unknown',
  /** Where it is no error, it is read before it comes here. */
  USERPAYING: 'unknown',
  SYSTEM_ERROR: 'unknown',
  SYSTEMERROR: 'unknown',
  BANKERROR: 'unknown',
  SERVICE_UNAVAILABLE: 'unknown',
} as const satisfies Meanings;

/** An error answer: its status, and the code and message of its body where it has one. */
export interface ErrorAnswer {
  readonly operation: string;
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** What an answer says as an error; whether that is to be believed is another question. */
export function errorAnswer(operation: string, { status, body }: Pick<HttpAnswer, 'status' | 'body'>): ErrorAnswer {
  const content = readJsonObject(body);
  return { operation, status, code: textField(content, 'code'), message: textField(content, 'message') };
}

/**
 * What a genuine error answer means; `meanings` are those of codes that say something else, or exist, for one call only.
 * 5xx never comes here: it is unknown whatever its code says.
 */
export function genuineError(answer: ErrorAnswer, meanings: Meanings = {}): Rejected | OutcomeUnknown {
  const reason = answer.status === 429 ? 'rate_limited' : reasonOf(answer.code, meanings);
  return reason === 'unknown'
    ? unknownOutcome(answer.operation, `it answered ${said(answer)}`)
    : rejected(answer, reason);
}

/**
 * What an error answer without any signature means. WeChat Pay signs answers only to requests whose own signature held,
 * so refusals from before that check are never signed: a route it does not know (404, 405, no body), a missing header
 * (400 INVALID_REQUEST), credentials or a clock that do not hold (401). Those say that the request was not accepted.
 * Any other unsigned answer may be anybody's. Source: its order of checks, as probed on 2026-09-11.
 */
export function unsignedError(answer: ErrorAnswer, isEmpty: boolean): Rejected | UntrustedMessage {
  const { operation, status, code } = answer;
  const isRouting = isEmpty && (status === 404 || status === 405);
  const isHeader = status === 400 && code === 'INVALID_REQUEST';
  if (status === 401 || isRouting || isHeader) return rejected(answer, 'invalid_configuration');
  return new UntrustedMessage(
    `WeChat Pay's answer to ${operation} proves nothing: HTTP ${status} without a signature.`,
    at(operation),
  );
}

export function unknownOutcome(operation: string, why: string): OutcomeUnknown {
  return new OutcomeUnknown(`Whether WeChat Pay did this (${operation}) is unknown: ${why}.`, at(operation));
}

/** A no of our own, before anything is sent. */
export function refusedHere(operation: string, reason: RejectionReason, code: string, message: string): Rejected {
  return new Rejected(message, { ...at(operation), reason, code });
}

function reasonOf(code = '', meanings: Meanings): RejectionReason | 'unknown' {
  const table: Meanings | undefined = [meanings, ERROR_CODES].find((codes) => Object.hasOwn(codes, code));
  return table?.[code] ?? 'unknown';
}

function rejected(answer: ErrorAnswer, reason: RejectionReason): Rejected {
  const hint =
    answer.status === 401 ? " Check mchid, serial_no, private_key, the APIv3 key and this machine's clock." : '';
  const details = { ...at(answer.operation), reason, code: answer.code ?? `HTTP_${answer.status}` };
  return new Rejected(`WeChat Pay refused this (${answer.operation}): ${said(answer)}.${hint}`, details);
}

function said({ status, code, message }: ErrorAnswer): string {
  return [`HTTP ${status}`, code, message]
    .filter((part) => part !== undefined)
    .map((part) => fitBytes(plainText(part), 200))
    .join(' ');
}

function at(operation: string): { provider: string; operation: string } {
  return { provider: 'wechat_pay', operation };
}
