import 'reflect-metadata';
import { createHash, createPublicKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const CRYPTO = webcrypto as Parameters<typeof x509.X509CertificateGenerator.create>[1];

/** The root's own name. */
export const ROOT_NAME =
  'C=CN, O=Ant Financial, OU=Certification Authority, CN=Ant Financial Certification Authority R1';

const notBefore = new Date('2026-11-22T00:00:00Z');
const LONG = new Date('2046-11-22T00:00:00Z');

function rsaPair(): Promise<webcrypto.CryptoKeyPair> {
  const wish = { ...RSA, modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]) };
  return webcrypto.subtle.generateKey(wish, true, ['sign', 'verify']);
}

const ROOT: Authority = { name: ROOT_NAME, keys: await rsaPair() };

/** A certificate as PEM, and the number under which Alipay knows it. */
export interface Certificate {
  readonly pem: string;
  readonly sn: string;
}

/** Whom certificates are made out to. */
export const ALIPAY = 'C=CN, O=支付宝, OU=Alipay, CN=2088000000000001';
export const MERCHANT = 'C=CN, O=胡同, OU=2088000000000001, CN=2088000000000001';

export interface Issued {
  readonly to?: string;
  readonly notAfter?: Date;
  /** The authority that signs; the one of `newRoot` unless another is named. */
  readonly by?: Authority;
}

/** Who signs certificates, under which name. */
export interface Authority {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** A certificate for the public half of a key, as Alipay's authority issues them. `serial`: hexadecimal digits. */
export async function newCertificate(
  serial: string,
  privatePem: string,
  { to = ALIPAY, notAfter = LONG, by = ROOT }: Issued = {},
): Promise<Certificate> {
  const spki = createPublicKey(privatePem).export({ type: 'spki', format: 'der' });
  const publicKey = await webcrypto.subtle.importKey('spki', spki, RSA, true, ['verify']);
  return numbered(serial, await certify(serial, { to, notAfter, by, publicKey }), by.name);
}

/** An authority that another one vouches for, with its certificate; `mayIssue: false` makes it no authority at all. */
export async function newAuthority(
  serial: string,
  { by = ROOT, mayIssue = true }: { by?: Authority; mayIssue?: boolean } = {},
): Promise<Authority & { readonly pem: string }> {
  const keys = await rsaPair();
  const name = `C=CN, O=Ant Financial, OU=Certification Authority, CN=Class ${serial}`;
  const extensions = [new x509.BasicConstraintsExtension(mayIssue, undefined, true)];
  const certificate = await certify(serial, { to: name, notAfter: LONG, by, publicKey: keys.publicKey, extensions });
  return { name, keys, pem: `${certificate.toString('pem')}\n` };
}

function certify(
  serialNumber: string,
  it: Required<Issued> & { publicKey: webcrypto.CryptoKey; extensions?: x509.Extension[] },
): Promise<x509.X509Certificate> {
  const { to: subject, by, notAfter, publicKey, extensions = [] } = it;
  const names = { subject, issuer: by.name };
  const wish = { serialNumber, ...names, notBefore, notAfter, signingAlgorithm: RSA, publicKey, extensions };
  return x509.X509CertificateGenerator.create({ ...wish, signingKey: by.keys.privateKey }, CRYPTO);
}

/** The authority's own certificate. */
export async function newRoot(serial: string): Promise<Certificate> {
  return numbered(serial, await selfSigned(serial, RSA, ROOT.keys));
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
  const wish = { serialNumber, name: ROOT_NAME, notBefore, notAfter: LONG, signingAlgorithm, keys };
  return x509.X509CertificateGenerator.createSelfSigned(wish, CRYPTO);
}

/** The issuer's name in the order in which Alipay's documents spell it under a number. */
function numbered(serial: string, certificate: x509.X509Certificate, issuer = ROOT_NAME): Certificate {
  const reversed = issuer.split(', ').toReversed().join(',');
  const sn = createHash('md5')
    .update(`${reversed}${BigInt(`0x${serial}`)}`)
    .digest('hex');
  return { sn, pem: `${certificate.toString('pem')}\n` };
}
