import type { KeyObject } from 'node:crypto';
import type { AccountShelf } from '../frame/accounts.js';
import { diagnoseRsa, type RsaFailure } from '../frame/diagnose-rsa.js';
import { causeOf, type SignatureCause } from '../frame/signature-cause.js';
import { type AlipayAccount, appPublicKey } from './account.js';
import { certificateNames } from './certificate-check.js';
import { GatewayRefusal } from './gateway-refusal.js';
import type { Parameters, PublicFields } from './parameters.js';
import { parameterSpellings } from './parameter-spellings.js';
import type { RestRequest } from './rest-request.js';
import { restSpellings } from './rest-spellings.js';
import { requestBytesToSign } from './string-to-sign.js';

/** What a call signed, or should have, as far as a refusal of it needs explaining. */
type Signed = () => Pick<RsaFailure, 'signature' | 'expected' | 'spellings'>;

/** Why a call was not admitted, as far as its signature and its names of keys are concerned; else undefined. */
export function diagnoseAdmission(
  refusal: unknown,
  parameters: Parameters,
  accounts: AccountShelf<AlipayAccount>,
): SignatureCause | undefined {
  return diagnose(refusal, parameters, accounts, () => ({
    signature: parameters.get('sign') ?? '',
    expected: requestBytesToSign(parameters.raw),
    spellings: parameterSpellings(parameters),
  }));
}

/** The same of a call to /v3/alipay/…. */
export function diagnoseRest(
  refusal: unknown,
  request: RestRequest,
  accounts: AccountShelf<AlipayAccount>,
): SignatureCause | undefined {
  return diagnose(refusal, request, accounts, () => ({
    signature: request.authorization?.sign ?? '',
    expected: request.signedBytes,
    spellings: restSpellings(request.signedParts),
  }));
}

function diagnose(
  refusal: unknown,
  parameters: PublicFields,
  accounts: AccountShelf<AlipayAccount>,
  signed: Signed,
): SignatureCause | undefined {
  if (!(refusal instanceof GatewayRefusal)) return undefined;
  const appId = parameters.get('app_id');
  const account = accounts.find((one) => one.app_id === appId);
  switch (refusal.subCode) {
    case 'isv.invalid-app-id':
      return causeOf('unknown_account', `app_id ${(appId ?? '').slice(0, 32)}`);
    case 'isv.missing-signature-type':
    case 'isv.invalid-signature-type':
      return causeOf('sign_type_not_rsa2');
    case 'isv.missing-signature':
      return causeOf('signature_missing', 'sign');
    case 'isv.missing-app-cert-sn':
      return causeOf('certificate_number_missing', 'app_cert_sn');
    case 'isv.missing-alipay-root-cert-sn':
      return causeOf('certificate_number_missing', 'alipay_root_cert_sn');
    case 'isv.app-cert-not-exist':
      return account && appCertificateCause(parameters, account);
    case 'isv.invalid-alipay-root-cert-sn':
      return account && numberCause('alipay_root_cert_sn', parameters, account);
    case 'isv.invalid-signature':
      return account && diagnoseRsa({ ...signed(), own: appPublicKey(account), others: keysBut(account, accounts) });
    default:
      return undefined;
  }
}

function appCertificateCause(parameters: PublicFields, account: AlipayAccount): SignatureCause {
  if (account.sign_mode === 'key') return causeOf('certificate_in_key_mode');
  return numberCause('app_cert_sn', parameters, account);
}

/** Which of the three certificates was taken for another. */
function numberCause(
  name: 'app_cert_sn' | 'alipay_root_cert_sn',
  parameters: PublicFields,
  account: AlipayAccount,
): SignatureCause {
  if (account.sign_mode === 'key') return causeOf('certificate_in_key_mode');
  const certificates = Object.entries(certificateNames(account));
  const [taken] = certificates.find(([, number]) => number === parameters.get(name)) ?? [];
  return causeOf(
    'certificate_number_wrong',
    taken === undefined ? name : `${name} is that of the ${taken} certificate`,
  );
}

function* keysBut(
  account: AlipayAccount,
  accounts: AccountShelf<AlipayAccount>,
): Generator<readonly [string, KeyObject]> {
  for (const other of accounts.all()) if (other !== account) yield [other.name, appPublicKey(other)];
}
