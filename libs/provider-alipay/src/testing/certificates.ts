import 'reflect-metadata';
import { createHash, createPublicKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const CRYPTO = webcrypto as Parameters<typeof x509.X509CertificateGenerator.create>[1];

const ISSUER = 'C=CN, O=Ant Financial, OU=Certification Authority, CN=Ant Financial Certification Authority R1';
/** The same as Alipay's documents spell it under a number. */
const ISSUER_REVERSED = 'CN=Ant Financial Certification Authority R1,OU=Certification Authority,O=Ant Financial,C=CN';

const notBefore = new Date('2026-11-22T00:00:00Z');
const LONG = new Date('2046-11-22T00:00:00Z');

const authority = await webcrypto.subtle.generateKey(
  { ...RSA, modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]) },
  true,
  ['sign', 'verify'],
);

/** A certificate as PEM, and the number under which Alipay knows it. */
export interface Certificate {
  readonly pem: string;
  readonly sn: string;
}

/** A certificate for the public half of a key, as Alipay's authority issues them. `serial`: hexadecimal digits. */
export async function newCertificate(serial: string, privatePem: string, notAfter = LONG): Promise<Certificate> {
  const spki = createPublicKey(privatePem).export({ type: 'spki', format: 'der' });
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serial,
      subject: 'C=CN, O=胡同, OU=Alipay, CN=2088000000000001',
      issuer: ISSUER,
      notBefore,
      notAfter,
      signingAlgorithm: RSA,
      publicKey: await webcrypto.subtle.importKey('spki', spki, RSA, true, ['verify']),
      signingKey: authority.privateKey,
    },
    CRYPTO,
  );
  return numbered(serial, certificate);
}

/** The authority's own certificate. */
export async function newRoot(serial: string): Promise<Certificate> {
  return numbered(serial, await selfSigned(serial, RSA, authority));
}

/** A root on an elliptic curve, such as Alipay's bundle holds beside those of RSA. */
export async function newEllipticRoot(serial: string): Promise<Certificate> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  return numbered(serial, await selfSigned(serial, EC, keys));
}

function selfSigned(
  serialNumber: string,
  signingAlgorithm: typeof RSA,
  keys: webcrypto.CryptoKeyPair,
): Promise<x509.X509Certificate> {
  const wish = { serialNumber, name: ISSUER, notBefore, notAfter: LONG, signingAlgorithm, keys };
  return x509.X509CertificateGenerator.createSelfSigned(wish, CRYPTO);
}

function numbered(serial: string, certificate: x509.X509Certificate): Certificate {
  const sn = createHash('md5')
    .update(`${ISSUER_REVERSED}${BigInt(`0x${serial}`)}`)
    .digest('hex');
  return { sn, pem: `${certificate.toString('pem')}\n` };
}
