import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

const MIN_RSA_BITS = 2_048;

/** Reads an RSA private key: PEM (PKCS#1 or #8) or the bare base64 that consoles hand out. @throws Error with a hint */
export function readPrivateKey(text: string): KeyObject {
  const key = attempt(
    privateKeyForms(text),
    (form) => createPrivateKey(form),
    'an RSA private key (PEM, PKCS#1 or PKCS#8)',
  );
  return strongRsa(key);
}

/** Reads an RSA public key: SPKI PEM, bare base64, or the one inside a certificate. @throws Error with a hint */
export function readPublicKey(text: string): KeyObject {
  if (text.includes('PRIVATE KEY')) throw new Error('this is a private key where the public key belongs');
  return strongRsa(
    attempt(publicKeyForms(text), (form) => createPublicKey(form), 'an RSA public key or certificate (PEM)'),
  );
}

/** Reads an X.509 certificate. @throws Error with a hint */
export function readCertificate(text: string): X509Certificate {
  return attempt([text], (form) => new X509Certificate(form), 'an X.509 certificate (PEM)');
}

function privateKeyForms(text: string): string[] {
  return text.includes('-----BEGIN') ? [text] : [armour(text, 'PRIVATE KEY'), armour(text, 'RSA PRIVATE KEY')];
}

function publicKeyForms(text: string): string[] {
  return text.includes('-----BEGIN') ? [text] : [armour(text, 'PUBLIC KEY')];
}

function armour(base64: string, label: string): string {
  return `-----BEGIN ${label}-----\n${base64.trim()}\n-----END ${label}-----\n`;
}

function attempt<T>(forms: readonly string[], read: (form: string) => T, wanted: string): T {
  for (const form of forms) {
    try {
      return read(form);
    } catch {
      continue;
    }
  }
  throw new Error(`this is not ${wanted}`);
}

function strongRsa(key: KeyObject): KeyObject {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < MIN_RSA_BITS) {
    throw new Error(`the key must be RSA of at least ${MIN_RSA_BITS} bits`);
  }
  return key;
}
