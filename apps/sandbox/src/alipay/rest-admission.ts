import type { AccountShelf } from '../frame/accounts.js';
import { type AlipayAccount, appPublicKey } from './account.js';
import { identify } from './admission.js';
import { checkCertificates } from './certificate-check.js';
import type { Witness } from './gateway.js';
import { gatewayRefusal } from './gateway-refusal.js';
import type { RestAuthorization } from './rest-authorization.js';
import type { RestRequest } from './rest-request.js';
import { verifyRsa2 } from './rsa2.js';

const WINDOW_MS = 10 * 60_000;

/**
 * Whose request is it, is it fresh, certified, signed? A request without `Authorization` lacks its timestamp first: so
 * production answers. @throws GatewayRefusal
 */
export function admitRest(
  request: RestRequest,
  accounts: AccountShelf<AlipayAccount>,
  witness: Witness,
): AlipayAccount {
  const { authorization } = request;
  if (authorization === undefined) throw gatewayRefusal('isv.invalid-signature-type');
  if (authorization.get('timestamp') === undefined) throw gatewayRefusal('isv.missing-timestamp');
  const account = identify(request, accounts);
  witness.account = account;
  checkTimestamp(authorization);
  checkCertificates(request, account);
  checkSignature(request, authorization, account);
  witness.verified = true;
  return account;
}

/** Unix ms, ten minutes old at most: in real time, as all times of messages. */
function checkTimestamp(authorization: RestAuthorization): void {
  const timestamp = authorization.get('timestamp') ?? '';
  const fresh = /^\d{13}$/.test(timestamp) && Math.abs(Date.now() - Number(timestamp)) <= WINDOW_MS;
  if (!fresh) throw gatewayRefusal('isv.invalid-timestamp', '：Unix milliseconds, at most 10 minutes old');
}

/** The refusal shows the gateway's own string to sign, as /gateway.do does. */
function checkSignature(request: RestRequest, { sign }: RestAuthorization, account: AlipayAccount): void {
  if (!sign) throw gatewayRefusal('isv.missing-signature');
  if (verifyRsa2(request.signedBytes, sign, appPublicKey(account))) return;
  throw gatewayRefusal('isv.invalid-signature', request.signedBytes.toString('utf8'));
}
