import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Finding } from '@hutong/payment-port';
import { finding, keyReading, readCertificate } from '@hutong/provider-kit';
import { certificateSn, rootCertificatesSn } from './certificate-sn.js';

export type RawSettings = Readonly<Record<string, unknown>>;

/** The keys among settings that may be wrong, and everything that is wrong with them. */
export interface AccountKeys {
  readonly findings: readonly Finding[];
  /** The public half of the app's private key. */
  readonly own: KeyObject | undefined;
  readonly alipay: KeyObject | undefined;
  readonly inCertificateMode: boolean;
}

/** Reads what can be read. Nothing of a key is repeated. */
export function accountKeys(settings: RawSettings): AccountKeys {
  const inCertificateMode = ['app_cert', 'alipay_cert', 'root_cert'].some((field) => settings[field] !== undefined);
  const privateKey = keyReading(settings, 'private_key', 'private key');
  const theirs = inCertificateMode
    ? keyReading(settings, 'alipay_cert', 'certificate')
    : keyReading(settings, 'alipay_public_key', 'public key');
  const own =
    'key' in privateKey ? createPublicKey(privateKey.key.export({ type: 'pkcs8', format: 'pem' })) : undefined;
  const alipay = 'key' in theirs ? theirs.key : undefined;
  const mistaken = own !== undefined && alipay?.equals(own) === true;
  const findings = [
    ...[privateKey, theirs].flatMap((it) => ('trouble' in it ? [it.trouble] : [])),
    ...certificateFindings(settings, own),
    ...(mistaken ? [finding('own_key_as_provider_key', '应用公钥 in place of 支付宝公钥')] : []),
  ];
  return { findings, own, alipay, inCertificateMode };
}

function certificateFindings(settings: RawSettings, own: KeyObject | undefined): Finding[] {
  if (settings['app_cert'] === undefined) return [];
  const reading = keyReading(settings, 'app_cert', 'certificate');
  if ('trouble' in reading) return [reading.trouble];
  return own === undefined || !('key' in reading) || reading.key.equals(own)
    ? []
    : [finding('certificate_of_another_key', 'app_cert')];
}

/** The number of a certificate (or of the root bundle) in the settings; undefined when there is none to tell. */
export function numberIn(settings: RawSettings, field: 'app_cert' | 'alipay_cert' | 'root_cert'): string | undefined {
  const text = textOf(settings[field]);
  try {
    return field === 'root_cert' ? rootCertificatesSn(text) : certificateSn(readCertificate(text));
  } catch {
    return undefined;
  }
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
