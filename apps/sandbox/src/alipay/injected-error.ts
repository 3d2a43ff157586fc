import { billRefusal, isBillErrorCode } from './bill-errors.js';
import { CANCEL, retryFlag } from './cancelling.js';
import { isGatewayErrorCode } from './gateway-errors.js';
import { GatewayRefusal, gatewayRefusal, tradeRefusal } from './gateway-refusal.js';
import { isTradeErrorCode } from './trade-errors.js';

/** The prefixes under which the gateway keeps its codes; REST's come without them. */
const PREFIXES = ['', 'isv.', 'aop.', 'isp.'];

/** Capitals are a product's code, `ACQ.` and its misspellings with it; the gateway's own are small. */
const BUSINESS = /^[A-Z0-9_.]+$/;

/**
 * The refusal that an `error` rule asks for, in Alipay's own words where the code is a known one: sub_codes of either
 * protocol, with and without prefix. An unknown code in capitals is a business refusal, any other an invalid argument.
 */
export function injected(code = 'aop.ACQ.SYSTEM_ERROR', method: string | undefined): GatewayRefusal {
  const fields = method === CANCEL ? retryFlag(code) : {};
  const trade = code.replace(/^ACQ\./, '');
  if (isTradeErrorCode(trade)) return tradeRefusal(trade, undefined, fields);
  if (isBillErrorCode(code)) return billRefusal(code);
  const known = PREFIXES.map((prefix) => prefix + code).find(isGatewayErrorCode);
  if (known !== undefined) return gatewayRefusal(known, '', fields);
  return new GatewayRefusal(BUSINESS.test(code) ? '40004' : '40002', code, code, fields);
}
