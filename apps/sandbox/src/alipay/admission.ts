import type { AccountShelf } from '../frame/accounts.js';
import { type AlipayAccount, appPublicKey } from './account.js';
import { parseBeijing } from './beijing-time.js';
import { decodeText, parseCharset } from './charset.js';
import { gatewayRefusal } from './gateway-refusal.js';
import type { Parameters, PublicFields } from './parameters.js';
import { verifyRsa2 } from './rsa2.js';
import { requestBytesToSign } from './string-to-sign.js';

/** Step one: whose app is it? Failing here is the one answer Alipay does not sign. @throws GatewayRefusal */
export function identify(parameters: PublicFields, accounts: AccountShelf<AlipayAccount>): AlipayAccount {
  const appId = parameters.get('app_id');
  if (appId === undefined) throw gatewayRefusal('isv.missing-app-id');
  const account = accounts.find((one) => one.app_id === appId);
  if (account === undefined) throw gatewayRefusal('isv.invalid-app-id');
  return account;
}

/** Step two: the public parameters' shape. The clock is not checked: SDKs send the time of whatever zone they run in. */
export function checkPublicParameters(parameters: Parameters): void {
  const signType = parameters.get('sign_type');
  if (signType === undefined) throw gatewayRefusal('isv.missing-signature-type');
  if (signType !== 'RSA2') throw gatewayRefusal('isv.invalid-signature-type');
  if (parseCharset(parameters.get('charset')) === undefined) throw gatewayRefusal('isv.invalid-charset');
  const timestamp = parameters.get('timestamp');
  if (timestamp === undefined) throw gatewayRefusal('isv.missing-timestamp');
  if (parseBeijing(timestamp) === undefined) throw gatewayRefusal('isv.invalid-timestamp');
  const version = parameters.get('version');
  if (version === undefined) throw gatewayRefusal('isv.missing-version');
  if (version !== '1.0') throw gatewayRefusal('isv.invalid-parameter', '：version');
  if ((parameters.get('format') ?? 'JSON').toUpperCase() !== 'JSON') throw gatewayRefusal('isv.invalid-format');
}

/** The last step. The refusal shows the gateway's own string to sign, `&` as `&amp;`: what developers compare theirs with. */
export function checkSignature(parameters: Parameters, account: AlipayAccount): void {
  const signature = parameters.get('sign');
  if (signature === undefined) throw gatewayRefusal('isv.missing-signature');
  const bytes = requestBytesToSign(parameters.raw);
  if (verifyRsa2(bytes, signature, appPublicKey(account))) return;
  throw gatewayRefusal('isv.invalid-signature', signedText(parameters).replaceAll('&', '&amp;'));
}

export function signedText(parameters: Parameters): string {
  return decodeText(requestBytesToSign(parameters.raw), parameters.charset);
}
