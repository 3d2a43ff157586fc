import type { KeyObject, X509Certificate } from 'node:crypto';
import { readCertificate, readPrivateKey, readPublicKey } from '@hutong/provider-kit';
import type { AlipaySettings } from './alipay.config.js';
import { certificatesIn, certificateSn, rootCertificatesSn } from './certificate-sn.js';

/** What certificate mode adds: which certificates the two sides speak of. */
export interface Certificates {
  readonly appCertSn: string;
  readonly rootCertSn: string;
  readonly alipayCertSn: string;
  readonly appCertEndsAt: Date;
  readonly alipay: X509Certificate;
  /** Whose word counts for a certificate that is fetched. */
  readonly roots: readonly X509Certificate[];
}

/** What signs our requests and what Alipay's messages are verified with. */
export interface Credentials {
  readonly privateKey: KeyObject;
  readonly alipayKey: KeyObject;
  /** Undefined in key mode. */
  readonly certificates: Certificates | undefined;
}

/** Parses keys and certificates, once per connected account. The settings are valid, so one mode is complete. */
export function readCredentials(settings: AlipaySettings): Credentials {
  const { private_key, alipay_public_key, app_cert, alipay_cert, root_cert } = settings;
  return {
    privateKey: readPrivateKey(private_key),
    alipayKey: readPublicKey(alipay_cert ?? alipay_public_key ?? ''),
    certificates:
      app_cert === undefined || alipay_cert === undefined || root_cert === undefined
        ? undefined
        : readCertificates(app_cert, alipay_cert, root_cert),
  };
}

function readCertificates(appCert: string, alipayCert: string, rootCert: string): Certificates {
  const app = readCertificate(appCert);
  const alipay = readCertificate(alipayCert);
  return {
    appCertSn: certificateSn(app),
    rootCertSn: rootCertificatesSn(rootCert),
    alipayCertSn: certificateSn(alipay),
    appCertEndsAt: new Date(app.validTo),
    alipay,
    roots: certificatesIn(rootCert),
  };
}
