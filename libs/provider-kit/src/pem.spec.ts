import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import { readCertificate, readPrivateKey, readPublicKey } from './pem.js';
import { rsaSign, rsaVerify } from './rsa-signature.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });

function bare(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}

async function newCertificate(): Promise<{ pem: string; key: KeyObject }> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2_048,
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    { serialNumber: '5157F09E', name: 'CN=platform', signingAlgorithm: algorithm, keys },
    webcrypto as typeof globalThis.crypto,
  );
  return { pem: certificate.toString('pem'), key: KeyObject.from(keys.privateKey) };
}

describe('a private key', () => {
  it.each([
    ['PKCS#1', pkcs1],
    ['PKCS#8', pkcs8],
    ['bare PKCS#1', bare(pkcs1)],
    ['bare PKCS#8', bare(pkcs8)],
    ['bare PKCS#8 with a line break around it', `\n${bare(pkcs8)}\n`],
    ['PKCS#8 with Windows line ends', pkcs8.replaceAll('\n', '\r\n')],
  ])('is read from %s', async (_form, text) => {
    expect(rsaVerify(publicKey, 'x', await rsaSign(readPrivateKey(text), 'x'))).toBe(true);
  });

  it.each([
    ['a public key', spki, /RSA private key/],
    ['a bare public key', bare(spki), /RSA private key/],
    ['1024 bits', weak.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /2048 bits/],
    ['an elliptic curve', curve.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /must be RSA/],
    ['a cut key', pkcs8.slice(0, 400), /RSA private key/],
    ['nothing', '', /RSA private key/],
  ])('is not read from %s, and says what to try', (_what, text, hint) => {
    expect(() => readPrivateKey(text)).toThrow(hint);
  });
});

describe('a public key', () => {
  it('is read from SPKI, bare base64 and a certificate', async () => {
    for (const text of [spki, bare(spki)]) expect(readPublicKey(text).equals(publicKey)).toBe(true);
    const { pem, key } = await newCertificate();
    expect(readPublicKey(pem).equals(createPublicKey(key))).toBe(true);
  });

  it.each([
    ['a private key', pkcs8, /private key where the public key belongs/],
    ['a PKCS#1 private key', pkcs1, /private key where the public key belongs/],
    ['a bare private key', bare(pkcs8), /RSA public key/],
    ['1024 bits', weak.publicKey.export({ type: 'spki', format: 'pem' }).toString(), /2048 bits/],
    ['an elliptic curve', curve.publicKey.export({ type: 'spki', format: 'pem' }).toString(), /must be RSA/],
    ['rubbish', 'not a key', /RSA public key/],
  ])('is not read from %s, and says what to try', (_what, text, hint) => {
    expect(() => readPublicKey(text)).toThrow(hint);
  });

  it('never repeats the key in its hint', () => {
    expect(() => readPublicKey(bare(pkcs8))).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(bare(pkcs8).slice(40, 80)) }),
    );
  });
});

describe('a certificate', () => {
  it('is read from PEM, and from nothing else', async () => {
    expect(readCertificate((await newCertificate()).pem).serialNumber).toBe('5157F09E');
    for (const text of ['', spki, 'rubbish']) expect(() => readCertificate(text)).toThrow(/X\.509 certificate/);
  });
});
