import type { PayerIdentity, ProviderTools, RejectionReason } from '@hutong/payment-port';
import { sendHttp, type HttpAnswer } from '@hutong/provider-kit';
import { readJsonObject, textField, type JsonObject } from './json-fields.js';
import type { WechatPaySettings } from './wechat-pay.config.js';
import { refusedHere, unknownOutcome } from './wechat-pay.errors.js';

const OPERATION = 'identity';
const LIMITS = { timeoutMs: 8_000, maxBodyBytes: 16_384 };
/** The documented limit of `state`, bytes. */
const LONGEST_STATE = 128;
const CODE = /^[\x21-\x7e]{1,512}$/;
/** What orders take as an openid; in practice 28 characters that begin with o. */
const OPENID = /^[\w-]{1,128}$/;

/** Their numbers in our words; a number that is not listed is unknown. The code is the payer's, the rest is the account's. */
const ERROR_NUMBERS: Readonly<Record<number, RejectionReason>> = {
  40029: 'payer_unfit',
  40163: 'payer_unfit',
  41008: 'payer_unfit',
  42003: 'payer_unfit',
  40001: 'invalid_configuration',
  40013: 'invalid_configuration',
  40125: 'invalid_configuration',
  40164: 'invalid_configuration',
  41002: 'invalid_configuration',
  41004: 'invalid_configuration',
  48001: 'not_permitted',
  45009: 'rate_limited',
  45011: 'rate_limited',
};

type Account = Pick<WechatPaySettings, 'appid' | 'app_secret' | 'sign_in_base_url' | 'identity_base_url'>;

/**
 * Web authorization with snsapi_base, which asks nobody anything: developers.weixin.qq.com/doc/service/api/webdev/access.
 * Undefined without the AppSecret. Hosts and answers are apart from WeChat Pay's own: nothing here is signed, so what is answered
 * rests on TLS alone; an order made for a wrong openid can't be paid by anybody else.
 */
export function wechatIdentity(account: Account, tools: Pick<ProviderTools, 'fetch'>): PayerIdentity | undefined {
  const { app_secret: secret } = account;
  if (secret === undefined) return undefined;
  return {
    authorizeUrl: ({ returnUrl, state }) => authorizeUrl(account, returnUrl, state),
    payerOf: async (code) => {
      if (!CODE.test(code)) throw refusedHere(OPERATION, 'payer_unfit', 'code_unreadable', 'That is no sign-in code.');
      return openidIn(await exchange(account, secret, code, tools));
    },
  };
}

/** WeChat wants its parameters in this very order, and the fragment behind them. */
function authorizeUrl({ appid, sign_in_base_url }: Account, returnUrl: string, state: string): string {
  if (Buffer.byteLength(state) > LONGEST_STATE)
    throw refusedHere(
      OPERATION,
      'invalid_request',
      'state_too_long',
      `WeChat carries ${LONGEST_STATE} bytes of state.`,
    );
  const query = [
    ['appid', appid],
    ['redirect_uri', returnUrl],
    ['response_type', 'code'],
    ['scope', 'snsapi_base'],
    ['state', state],
  ].map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`);
  return `${new URL('/connect/oauth2/authorize', sign_in_base_url).href}?${query.join('&')}#wechat_redirect`;
}

function exchange(
  { appid, identity_base_url }: Account,
  secret: string,
  code: string,
  tools: Pick<ProviderTools, 'fetch'>,
): Promise<HttpAnswer> {
  const url = new URL('/sns/oauth2/access_token', identity_base_url);
  url.search = new URLSearchParams({ appid, secret, code, grant_type: 'authorization_code' }).toString();
  const headers = { Accept: 'application/json', 'User-Agent': 'Hutong/0.1' };
  return sendHttp(
    tools,
    { method: 'GET', url: url.href, headers },
    { provider: 'wechat_pay', operation: OPERATION },
    LIMITS,
  );
}

/** Refusals are HTTP 200 too; their words may repeat what was sent, so that only their number is told. */
function openidIn({ status, body }: HttpAnswer): string {
  const content = status === 200 ? readJsonObject(body) : undefined;
  if (content === undefined) throw unknownOutcome(OPERATION, `it answered HTTP ${status} without a readable object`);
  const number = errorNumber(content);
  if (number !== undefined && number !== 0) throw refusal(number);
  const openid = textField(content, 'openid');
  if (openid === undefined || !OPENID.test(openid)) throw unknownOutcome(OPERATION, 'its answer names no openid');
  if (content['is_snapshotuser'] === 1)
    throw refusedHere(
      OPERATION,
      'payer_unfit',
      'snapshot_user',
      'WeChat shows this page as a snapshot, to nobody real.',
    );
  return openid;
}

function errorNumber(content: JsonObject): number | undefined {
  if (!Object.hasOwn(content, 'errcode')) return undefined;
  const { errcode } = content;
  return Number.isSafeInteger(errcode) ? (errcode as number) : Number.NaN;
}

function refusal(number: number): Error {
  const reason = ERROR_NUMBERS[number];
  if (reason === undefined) return unknownOutcome(OPERATION, `errcode ${number}`);
  const hint = reason === 'payer_unfit' ? 'Send the browser to sign in again.' : 'Check appid and app_secret.';
  return refusedHere(
    OPERATION,
    reason,
    String(number),
    `WeChat refused this (${OPERATION}): errcode ${number}. ${hint}`,
  );
}
