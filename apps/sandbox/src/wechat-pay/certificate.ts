import { randomBytes, webcrypto } from 'node:crypto';
import { x509 } from '../frame/x509.js';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

const FIVE_YEARS_MS = 5 * 365 * 86_400_000;

/** A private key with the certificate that names it, as PEM. */
export interface CertifiedKey {
  /** 40 upper-case hex digits, equal to the certificate's own serial number. */
  readonly serial_no: string;
  readonly private_key: string;
  readonly certificate: string;
}

const yesterday = (): Date => new Date(Date.now() - 86_400_000);

/**
 * Makes an RSA-2048 key (in the thread pool) and a self-signed certificate, valid for five years. Validity is real time,
 * whatever the sandbox's clock says: clients compare it with their own.
 */
export async function certifiedKey(commonName: string, notBefore: Date = yesterday()): Promise<CertifiedKey> {
  const { X509CertificateGenerator } = await x509();
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const serial = serialNumber();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial,
    name: `CN=${commonName}, O=Hutong sandbox, C=CN`,
    notBefore,
    notAfter: new Date(notBefore.getTime() + FIVE_YEARS_MS),
    signingAlgorithm: RSA,
    keys,
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { serial_no: serial, private_key: pem('PRIVATE KEY', pkcs8), certificate: `${certificate.toString('pem')}\n` };
}

/** 20 bytes; the first is 0x10 to 0x7f, so that DER neither pads nor shortens it and 40 digits stay 40. */
function serialNumber(): string {
  const bytes = randomBytes(20);
  bytes[0] = 0x10 + ((bytes[0] ?? 0) % 0x70);
  return bytes.toString('hex').toUpperCase();
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
