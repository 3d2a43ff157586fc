import { X509Certificate } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { describe, expect, it } from 'vitest';
import { certificateSn, rootCertificatesSn } from './certificate-sn.js';
import { newCertificate, newEllipticRoot, newRoot } from './testing/certificates.js';
import { ALIPAY_CERT, APP_CERT, APP_KEYS, ROOT_CERT } from './testing/fake-alipay.js';

describe("a certificate's number", () => {
  // The two test certificates that Alipay's own Node SDK publishes.
  it.each([
    ['Class 1 R1', '2020051862039D4090897BA4D51C2126', '866efef280dec9137a87d047ac446315'],
    ['Class 2 R1', '20200514E63C2FE04D538716FE21358B', '7513daaaa48aa3ba2e4018d84402479c'],
  ])('is the one that Alipay knows: %s %s', (authority, serialNumber, sn) => {
    const name = `CN=Ant Financial Certification Authority ${authority}`;
    expect(certificateSn({ issuer: `C=CN\nO=Ant Financial\nOU=Certification Authority\n${name}`, serialNumber })).toBe(
      sn,
    );
  });

  it('is the one that the documents describe, whatever the serial number’s length', async () => {
    for (const serial of ['01', '7f', '0080', '20200518620392d4090897ba4d51c212']) {
      const { pem, sn } = await newCertificate(serial, APP_KEYS.privatePem);
      expect(certificateSn(new X509Certificate(pem)), serial).toBe(sn);
    }
  });

  it('is the one that npm alipay-sdk sends', async () => {
    const bundle = `${(await newEllipticRoot('0a')).pem}${ROOT_CERT.pem}${(await newRoot('0b')).pem}`;
    const { config } = new AlipaySdk({
      appId: '2021000000000001',
      privateKey: APP_KEYS.privatePem,
      appCertContent: APP_CERT.pem,
      alipayPublicCertContent: ALIPAY_CERT.pem,
      alipayRootCertContent: bundle,
    });
    expect(certificateSn(new X509Certificate(APP_CERT.pem))).toBe(config.appCertSn);
    expect(certificateSn(new X509Certificate(ALIPAY_CERT.pem))).toBe(config.alipayCertSn);
    expect(rootCertificatesSn(bundle)).toBe(config.alipayRootCertSn);
  });
});

describe("a root bundle's number", () => {
  it('joins those of the roots of RSA, in their order, and leaves the others out', async () => {
    const [elliptic, second] = await Promise.all([newEllipticRoot('0c'), newRoot('0d')]);
    expect(rootCertificatesSn(`# roots\r\n${ROOT_CERT.pem}\n${elliptic.pem}${second.pem}`)).toBe(
      `${ROOT_CERT.sn}_${second.sn}`,
    );
    expect(rootCertificatesSn(elliptic.pem)).toBe('');
    expect(rootCertificatesSn('')).toBe('');
  });

  it('is not made out of a broken bundle', () => {
    const broken = ROOT_CERT.pem.replace(/\nMII./, '\nAAAA');
    expect(() => rootCertificatesSn(`${ROOT_CERT.pem}${broken}`)).toThrow(/certificate/);
  });
});
