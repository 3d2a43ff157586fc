import 'reflect-metadata';
import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { beforeAll, describe, expect, it } from 'vitest';
import { certSn, rootCertSn } from './cert-sn.js';
import { certify, type CertificateRoot, newCertificateRoot } from './certificates.js';
import { newPemPair } from './rsa2.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const decimal = (hex: string): string => BigInt(`0x${hex}`).toString(10);

describe('certificates and their names', () => {
  let root: CertificateRoot;
  let leaf: string;
  beforeAll(async () => {
    root = await newCertificateRoot();
    leaf = await certify((await newPemPair()).public_key, 'Application', '2021000000000001', root);
  });

  it('chains a leaf to the root, which is its own authority', () => {
    const [child, parent] = [new X509Certificate(leaf), new X509Certificate(root.certificate)];
    expect([parent.ca, child.ca]).toEqual([true, false]);
    expect(parent.verify(parent.publicKey)).toBe(true);
    expect(child.verify(parent.publicKey) && child.checkIssued(parent)).toBe(true);
    expect(child.subject).toContain('CN=2021000000000001');
  });

  it('names a certificate by the MD5 of its reversed issuer and its serial number in decimal', () => {
    const issuer = 'CN=Hutong sandbox root,OU=Certification Authority,O=Hutong sandbox,C=CN';
    expect(certSn(leaf)).toBe(md5(issuer + decimal(new X509Certificate(leaf).serialNumber)));
  });

  it('names a root bundle by its RSA certificates alone, joined with _', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const other = await X509CertificateGenerator.createSelfSigned({ name: 'CN=x', signingAlgorithm: algorithm, keys });
    const second = await newCertificateRoot();
    const bundle = [root.certificate, other.toString('pem'), second.certificate].join('\n');
    expect(rootCertSn(bundle)).toBe(`${certSn(root.certificate)}_${certSn(second.certificate)}`);
  });
});
