import { createHash, type X509Certificate } from 'node:crypto';
import { readCertificate } from '@hutong/provider-kit';

/** 1.2.840.113549.1.1.x as DER: the signature algorithms of RSA. */
const RSA_ALGORITHM = Buffer.from('06092a864886f70d0101', 'hex');

/**
 * The number under which Alipay knows a certificate: MD5 over the issuer, its innermost name first as Java prints it
 * (`CN=…,OU=…,O=…,C=…`), and the serial number in decimal digits (opendocs common/057k53, alipay-sdk's antcertutil).
 */
export function certificateSn({ issuer, serialNumber }: Pick<X509Certificate, 'issuer' | 'serialNumber'>): string {
  const reversed = issuer.split('\n').toReversed().join(',');
  const serial = BigInt(`0x${serialNumber}`).toString();
  return createHash('md5').update(`${reversed}${serial}`).digest('hex');
}

/**
 * The numbers of a root bundle, joined by `_`: only of those that are signed with RSA, because Alipay's bundle holds
 * SM2 roots too. Empty when there is none.
 * @throws Error with a hint when a certificate in it is unreadable
 */
export function rootCertificatesSn(bundle: string): string {
  return certificatesIn(bundle).filter(isSignedWithRsa).map(certificateSn).join('_');
}

/** Every certificate of a PEM text, in its order. @throws Error with a hint when one is unreadable */
export function certificatesIn(bundle: string): X509Certificate[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.map(readCertificate);
}

/** signatureAlgorithm stands after tbsCertificate (RFC 5280, 4.1). An SM2 certificate has no key that Node can read. */
function isSignedWithRsa({ raw }: X509Certificate): boolean {
  const tbsCertificate = derElement(raw, derElement(raw, 0).value);
  const { value } = derElement(raw, tbsCertificate.end);
  return raw.subarray(value, value + RSA_ALGORITHM.length).equals(RSA_ALGORITHM);
}

/** Where the value of the element at `start` begins, and where the element ends. */
function derElement(der: Buffer, start: number): { readonly value: number; readonly end: number } {
  const first = der.readUInt8(start + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const value = start + 2 + lengthBytes;
  return { value, end: value + (lengthBytes === 0 ? first : der.readUIntBE(start + 2, lengthBytes)) };
}
