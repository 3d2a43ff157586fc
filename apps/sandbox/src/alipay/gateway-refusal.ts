import { GATEWAY_ERRORS, type GatewayErrorCode, PUBLIC_MESSAGES, type PublicCode } from './gateway-errors.js';
import { TRADE_ERRORS, type TradeErrorCode } from './trade-errors.js';

/** A "no" of the gateway: always HTTP 200 on the wire, told apart by `code` and `sub_code`. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';

  constructor(
    readonly code: PublicCode,
    readonly subCode: string,
    readonly subMsg: string,
    /** Business fields that come along: V2's TRADE_NOT_EXIST has some. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(`${subCode} ${subMsg}`);
  }

  /** The object under the response key. */
  body(): Readonly<Record<string, unknown>> {
    const { code, subCode, subMsg, fields } = this;
    return { code, msg: PUBLIC_MESSAGES[code], sub_code: subCode, sub_msg: subMsg, ...fields };
  }
}

/** The gateway itself refuses, before any product sees the call. */
export function gatewayRefusal(
  subCode: GatewayErrorCode,
  detail = '',
  fields?: Readonly<Record<string, string>>,
): GatewayRefusal {
  const [code, message] = GATEWAY_ERRORS[subCode];
  return new GatewayRefusal(code, subCode, message + detail, fields);
}

/** Acquiring refuses: 40004 with an ACQ code. `detail` names the field, which the real gateway often leaves to guessing. */
export function tradeRefusal(
  subCode: TradeErrorCode,
  detail?: string,
  fields?: Readonly<Record<string, string>>,
): GatewayRefusal {
  const message = TRADE_ERRORS[subCode];
  return new GatewayRefusal('40004', `ACQ.${subCode}`, detail ? `${message}：${detail}` : message, fields);
}
