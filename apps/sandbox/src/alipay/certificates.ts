import { createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { x509 } from '../frame/x509.js';
import { newPemPair, type PemPair } from './rsa2.js';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const YEAR_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;

/** Country first, common name last: serial numbers are taken over the reverse, as Java prints it. */
const distinguishedName = (unit: string, commonName: string): string =>
  `C=CN, O=Hutong sandbox, OU=${unit}, CN=${commonName}`;

const ROOT_NAME = distinguishedName('Certification Authority', 'Hutong sandbox root');

/** The authority that certifies apps and Alipay itself here; clients are given its certificate, nobody its key. */
export interface CertificateRoot extends PemPair {
  readonly certificate: string;
}

/** A self-signed RSA root, valid for 20 years. */
export async function newCertificateRoot(): Promise<CertificateRoot> {
  const { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } = await x509();
  const pair = await newPemPair();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...issued(20),
    name: ROOT_NAME,
    keys: { privateKey: await signingKey(pair.private_key), publicKey: await verifyingKey(pair.public_key) },
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return { ...pair, certificate: `${certificate.toString('pem')}\n` };
}

/** A leaf for one key, valid for five years, as PEM. */
export async function certify(publicKey: string, unit: string, name: string, root: CertificateRoot): Promise<string> {
  const { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } = await x509();
  const certificate = await X509CertificateGenerator.create({
    ...issued(5),
    subject: distinguishedName(unit, name),
    issuer: ROOT_NAME,
    publicKey: await verifyingKey(publicKey),
    signingKey: await signingKey(root.private_key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** Valid on real time, whatever the sandbox's clock says; from yesterday, for clients whose clock is behind. */
function issued(years: number) {
  const now = Date.now();
  const serial = randomBytes(16);
  // 0x10 to 0x7f: positive in DER without padding.
  serial[0] = 0x10 + ((serial[0] ?? 0) % 0x70);
  return {
    serialNumber: serial.toString('hex'),
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + years * YEAR_MS),
    signingAlgorithm: RSA,
  };
}

function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const pkcs8 = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', pkcs8, RSA, false, ['sign']);
}

function verifyingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return webcrypto.subtle.importKey('spki', spki, RSA, true, ['verify']);
}
