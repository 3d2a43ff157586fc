import { createHash, X509Certificate } from 'node:crypto';

/**
 * Alipay's name for a certificate: MD5, in lower-case hex, of the issuer as Java prints it (`CN=…,OU=…,O=…,C=…`: the
 * encoded order reversed) followed by the serial number in decimal (opendocs common/057k53).
 */
export function certSn(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const name = issuer.split('\n').toReversed().join(',');
  return createHash('md5')
    .update(name + BigInt(`0x${serialNumber}`).toString())
    .digest('hex');
}

/** The name of a root bundle: the names of its RSA certificates joined with `_`; those of other keys (SM2) are passed over. */
export function rootCertSn(bundle: string): string {
  const certificates = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return certificates
    .filter((pem) => new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa')
    .map(certSn)
    .join('_');
}
