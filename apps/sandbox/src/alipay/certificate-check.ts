import type { AlipayAccount, CertificateAccount } from './account.js';
import { certSn, rootCertSn } from './cert-sn.js';
import { gatewayRefusal } from './gateway-refusal.js';
import type { PublicFields } from './parameters.js';

/** The names of an account's three certificates. */
export interface CertificateNames {
  readonly app: string;
  readonly alipay: string;
  readonly root: string;
}

const names = new WeakMap<CertificateAccount, CertificateNames>();

/** Computed once per account. */
export function certificateNames(account: CertificateAccount): CertificateNames {
  const computed = names.get(account);
  if (computed !== undefined) return computed;
  const made = {
    app: certSn(account.app_cert),
    alipay: certSn(account.alipay_cert),
    root: rootCertSn(account.root_cert),
  };
  names.set(account, made);
  return made;
}

/**
 * An app in certificate mode says which of its certificates it signed for and which root it trusts; one in key mode has
 * no certificate to name. Before the signature: the certificate tells the key. @throws GatewayRefusal
 */
export function checkCertificates(parameters: PublicFields, account: AlipayAccount): void {
  const appSn = parameters.get('app_cert_sn');
  if (account.sign_mode === 'key') {
    if (appSn !== undefined) throw gatewayRefusal('isv.app-cert-not-exist');
    return;
  }
  const { app, root } = certificateNames(account);
  const rootSn = parameters.get('alipay_root_cert_sn');
  if (appSn === undefined) throw gatewayRefusal('isv.missing-app-cert-sn');
  if (rootSn === undefined) throw gatewayRefusal('isv.missing-alipay-root-cert-sn');
  if (appSn !== app) throw gatewayRefusal('isv.app-cert-not-exist');
  if (rootSn !== root) throw gatewayRefusal('isv.invalid-alipay-root-cert-sn');
}

/** What stands beside the answer: Alipay's certificate, for who named their own. Others are told none. */
export function answeringCertSn(parameters: PublicFields, account: AlipayAccount): string | undefined {
  if (account.sign_mode === 'key' || parameters.get('app_cert_sn') === undefined) return undefined;
  return certificateNames(account).alipay;
}
