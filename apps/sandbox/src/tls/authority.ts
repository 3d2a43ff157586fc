import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { ADDRESSES, HOST_NAMES } from './host-names.js';

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
const AUTHORITY_NAME = 'CN=Hutong sandbox TLS, O=Hutong sandbox';

/** A key with the certificate that names it, as PEM. */
export interface TlsKey {
  readonly private_key: string;
  readonly certificate: string;
}

/** A certification authority of this sandbox alone, for ten years: who trusts it trusts whoever can read its key. */
export async function newTlsAuthority(): Promise<TlsKey> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validFor(3_650),
    name: AUTHORITY_NAME,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return asPem(keys, certificate);
}

/** The server's own certificate under all names that clients may ask for; made at every start, valid for a year. */
export async function newServerKey(authority: TlsKey): Promise<TlsKey> {
  const keys = await newKeys();
  const names = [
    ...HOST_NAMES.map((value) => ({ type: 'dns' as const, value })),
    ...ADDRESSES.map((value) => ({ type: 'ip' as const, value })),
  ];
  const certificate = await X509CertificateGenerator.create({
    ...validFor(365),
    subject: 'CN=localhost, O=Hutong sandbox',
    issuer: AUTHORITY_NAME,
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      // Strict verifiers (Python 3.13) look for it.
      await AuthorityKeyIdentifierExtension.create(new X509Certificate(authority.certificate).publicKey),
    ],
  });
  return asPem(keys, certificate);
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

/** Real time, from yesterday, for clients whose clock is behind. */
function validFor(days: number) {
  const serial = randomBytes(16);
  // 0x10 to 0x7f: positive in DER without padding.
  serial[0] = 0x10 + ((serial[0] ?? 0) % 0x70);
  return {
    serialNumber: serial.toString('hex'),
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + days * DAY_MS),
    signingAlgorithm: P256,
  };
}

function signingKey({ private_key: pem }: TlsKey): Promise<webcrypto.CryptoKey> {
  const pkcs8 = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', pkcs8, P256, false, ['sign']);
}

async function asPem(keys: webcrypto.CryptoKeyPair, certificate: X509Certificate): Promise<TlsKey> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const private_key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
    type: 'pkcs8',
    format: 'pem',
  });
  return { private_key: String(private_key), certificate: `${certificate.toString('pem')}\n` };
}
