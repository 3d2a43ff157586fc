import { english } from './english.js';
import type { Language } from './language.js';
import { traditionalChinese } from './traditional-chinese.js';

/** A refusal in the wire's own words: `{code, message, detail?}`. */
export class WechatError extends Error {
  override readonly name = 'WechatError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** `internal`: the number that production puts behind the Request-ID; support asks for it. */
    readonly more: { readonly detail?: unknown; readonly internal?: number } = {},
  ) {
    super(message);
  }

  /** The error itself speaks zh-CN; its code says in every language what to do. */
  toBody(language: Language = 'zh-CN'): string {
    const { detail } = this.more;
    const message = this.messageIn(language);
    return JSON.stringify({ code: this.code, message, ...(detail === undefined ? {} : { detail }) });
  }

  private messageIn(language: Language): string {
    switch (language) {
      case 'zh-CN':
        return this.message;
      case 'zh-HK':
      case 'zh-TW':
        return traditionalChinese(this.message);
      case 'en':
        return english(this.message) ?? `The request was refused: ${this.code}.`;
    }
  }
}

/** Shows `value` when it is a text, a number or a flag: lists and objects may nest deeper than can be written back. */
export const parameterError = (message: string, value?: unknown, internal = 268435461): WechatError =>
  new WechatError(400, 'PARAM_ERROR', message, {
    detail: { location: 'body', value: typeof value === 'object' ? undefined : value },
    internal,
  });

/** A query parameter whose value is none of the known ones. */
export const badQuery = (name: string, value: string): WechatError =>
  new WechatError(400, 'PARAM_ERROR', `输入源“/query/${name}”映射到值字段“${name}”字符串规则校验失败，格式不符合要求`, {
    detail: { location: 'query', value },
    internal: 268435461,
  });

export const invalidRequest = (message: string, internal?: number): WechatError =>
  new WechatError(400, 'INVALID_REQUEST', message, internal === undefined ? {} : { internal });

export const outTradeNoUsed = (message = '请求重入时，参数与首次请求时不一致'): WechatError =>
  new WechatError(403, 'OUT_TRADE_NO_USED', message, { internal: 268498688 });

export const orderNotExist = (): WechatError =>
  new WechatError(404, 'ORDER_NOT_EXIST', '订单不存在', { internal: 268512771 });

export const resourceNotExists = (message: string): WechatError => new WechatError(404, 'RESOURCE_NOT_EXISTS', message);

/** wechatpay v3 protocol §4: the name for closing or re-ordering a paid order is unconfirmed; `ORDER_PAID` is what Tencent's skills write. */
export const orderPaid = (): WechatError => new WechatError(400, 'ORDER_PAID', '该订单已支付', { internal: 268449538 });

export const orderClosed = (): WechatError =>
  new WechatError(400, 'ORDER_CLOSED', '订单已过期或已关闭', { internal: 268447914 });

/** Code pay orders are reversed, never closed (protocol §3.6, internal number; HTTP status and code are unconfirmed). */
export const onlyReversible = (): WechatError =>
  new WechatError(403, 'TRADE_ERROR', '当前交易不允许进行普通关单(只能撤销)', { internal: 268449641 });

/** wechatpay v3 protocol §3.6: the v2 name; that of v3 is unconfirmed. */
export const authCodeInvalid = (message: string): WechatError => new WechatError(400, 'AUTH_CODE_INVALID', message);

/** HTTP status and message of each code in the shared error table (protocol §8), for injected errors. */
const KNOWN: Readonly<Record<string, readonly [number, string]>> = {
  USERPAYING: [202, '需要用户输入支付密码'],
  PARAM_ERROR: [400, '参数错误'],
  INVALID_REQUEST: [400, '无效请求'],
  APPID_MCHID_NOT_MATCH: [400, 'appid和mch_id不匹配，请检查后再试'],
  MCH_NOT_EXISTS: [400, '商户号不存在'],
  NO_STATEMENT_EXIST: [400, '账单文件不存在'],
  STATEMENT_CREATING: [400, '账单生成中，请稍后重试'],
  AUTH_CODE_INVALID: [400, '101 付款码无效，请重新扫码'],
  ORDER_CLOSED: [400, '订单已关闭'],
  ORDER_PAID: [400, '该订单已支付'],
  SIGN_ERROR: [401, '签名错误'],
  NO_AUTH: [403, '商户无权限'],
  OUT_TRADE_NO_USED: [403, '商户订单号重复'],
  RULE_LIMIT: [403, '业务规则限制'],
  TRADE_ERROR: [403, '交易错误'],
  NOT_ENOUGH: [403, '余额不足'],
  USER_ACCOUNT_ABNORMAL: [403, '用户账户异常'],
  ORDER_NOT_EXIST: [404, '订单不存在'],
  RESOURCE_NOT_EXISTS: [404, '查询的资源不存在'],
  FREQUENCY_LIMITED: [429, '频率超限'],
  RATELIMIT_EXCEEDED: [429, '频率超限'],
  SYSTEM_ERROR: [500, '系统异常，请稍后重试'],
  SERVICE_UNAVAILABLE: [503, '服务不可用'],
};

/** The error that a fault rule asks for; without a code, `500 SYSTEM_ERROR`. */
export function injectedError(fault: { readonly status?: number; readonly code?: string }): WechatError {
  const code = fault.code ?? 'SYSTEM_ERROR';
  const [status, message] = KNOWN[code] ?? [400, code];
  return new WechatError(fault.status ?? status, code, message);
}
