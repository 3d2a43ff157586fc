import { createPublicKey, type KeyObject } from 'node:crypto';
import { readCertificate, readPrivateKey, readPublicKey } from '@hutong/provider-kit';
import { ValidateBy, ValidateIf } from 'class-validator';
import { rootCertificatesSn } from './certificate-sn.js';

type Fields = Readonly<Record<string, unknown>>;

const CERTIFICATES = ['app_cert', 'alipay_cert', 'root_cert'] as const;

function inCertificateMode(settings: Fields): boolean {
  return CERTIFICATES.some((field) => settings[field] !== undefined);
}

/** One certificate asks for all three. */
export function IfCertificatesAreGiven(): PropertyDecorator {
  return ValidateIf((settings: Fields) => inCertificateMode(settings));
}

/** Needed in key mode; judged in certificate mode too when it is there. */
export function IfKeyIsGivenOrNoCertificates(): PropertyDecorator {
  return ValidateIf((settings: Fields, value) => value !== undefined || !inCertificateMode(settings));
}

/** Refuses the field beside any of the others: an APPID has one signing mode. */
export function IsAloneWithout(...others: readonly string[]): PropertyDecorator {
  return judged('isAloneWithout', {
    holds: (_, settings) => others.every((field) => settings[field] === undefined),
    hint: `belongs to key mode, and ${others.join(', ')} to certificate mode: keep the ones of the console's mode`,
  });
}

/**
 * Refuses the most common slip: the app's own public key (or certificate) where Alipay's belongs. With it no answer would
 * ever verify, but whoever holds the app's private key could sign answers. Alipay's Java client refuses it too.
 */
export function IsNotOwn(privateKeyField: string, pasted: string, wanted: string): PropertyDecorator {
  return judged('isNotOwn', {
    holds: (value, settings) => !isTrue(() => keyOf(settings[privateKeyField]).equals(readPublicKey(textOf(value)))),
    hint: `is the app's own (${pasted}); paste the one that the console shows as ${wanted} after the upload`,
  });
}

/** The certificate must be that of the private key: with another one Alipay refuses every call. */
export function IsCertificateOf(privateKeyField: string): PropertyDecorator {
  return judged('isCertificateOf', {
    holds: (value, settings) =>
      isTrue(() => keyOf(settings[privateKeyField]).equals(readCertificate(textOf(value)).publicKey)),
    hint: `is not the certificate of ${privateKeyField}; paste 应用公钥证书 (appCertPublicKey_….crt) of the same key pair`,
  });
}

/** A bundle of readable certificates, at least one of them signed with RSA. */
export function IsRootBundle(): PropertyDecorator {
  return judged('isRootBundle', {
    holds: (value) => isTrue(() => rootCertificatesSn(textOf(value)) !== ''),
    hint: 'must be 支付宝根证书 (alipayRootCert.crt): X.509 certificates (PEM), at least one of them signed with RSA',
  });
}

interface Judgement {
  readonly holds: (value: unknown, settings: Fields) => boolean;
  readonly hint: string;
}

function judged(name: string, { holds, hint }: Judgement): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value, args) => holds(value, (args?.object ?? {}) as Fields),
      defaultMessage: () => hint,
    },
  });
}

/** What is no key or certificate at all is also pointed at by the field's own validator. */
function isTrue(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

/** The public half of a private key. @throws Error when it is none */
function keyOf(privateKey: unknown): KeyObject {
  return createPublicKey(readPrivateKey(textOf(privateKey)));
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('is no text');
  return value;
}

/** The gateway: https, or plain http on this machine (the sandbox). No query, because the call brings its own. */
export function IsGatewayUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isGatewayUrl',
    validator: {
      validate: isGatewayUrl,
      defaultMessage: () => 'must be an https URL without a query; plain http only on the loopback address',
    },
  });
}

function isGatewayUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || /[?#\s]/.test(String(value)) || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** URL has normalised every spelling of an IPv4 address by now. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
