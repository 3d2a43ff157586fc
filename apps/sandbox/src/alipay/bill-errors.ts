import { GatewayRefusal } from './gateway-refusal.js';

/** Sub_codes of the statement call, spelled as the interface's own list has them; they carry no `ACQ.`. */
export const BILL_ERRORS = {
  NO_BILL_DATA: '商户在请求的账单时间内没有发生当前账单类型的业务',
  INVAILID_ARGUMENTS: '入参不合法',
  BILL_NOT_EXIST: '账单不存在',
  UNKNOWN_ERROR: '未知错误',
  BILL_DATE_BEFORE_REGISTRATION: '请求的账单时间早于注册时间',
  TYPE_NOT_SUPPORTED: '此账单类型不支持下载',
  SYSTEM_RATE_LIMIT: '系统当前负载较高，请求被限流，请稍后重试',
  USER_RATE_LIMIT: '用户请求过于频繁，请求被限流，请稍后重试',
} as const;

export type BillErrorCode = keyof typeof BILL_ERRORS;

export const isBillErrorCode = (code: string): code is BillErrorCode => Object.hasOwn(BILL_ERRORS, code);

/** `detail` says what to change. */
export function billRefusal(code: BillErrorCode, detail?: string): GatewayRefusal {
  const message = BILL_ERRORS[code];
  return new GatewayRefusal('40004', code, detail ? `${message}：${detail}` : message);
}
