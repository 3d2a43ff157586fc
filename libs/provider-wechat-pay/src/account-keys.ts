import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Finding } from '@hutong/payment-port';
import { finding, keyReading, readCertificate, readKeyText, type KeyReading } from '@hutong/provider-kit';
import { plainSerial, sameSerial } from './certificate-serial.js';

export type RawSettings = Readonly<Record<string, unknown>>;

/** A key that WeChat Pay signs with, as the settings name it. */
export interface NamedKey {
  /** In one spelling, as `Wechatpay-Serial` is compared. */
  readonly name: string;
  readonly key: KeyObject;
}

/** The keys among settings that may be wrong, and everything that is wrong with them. */
export interface AccountKeys {
  readonly findings: readonly Finding[];
  /** The public half of the merchant's private key. */
  readonly own: KeyObject | undefined;
  readonly platform: readonly NamedKey[];
}

/** Reads what can be read. Nothing of a key is repeated. */
export function accountKeys(settings: RawSettings): AccountKeys {
  const privateKey = keyReading(settings, 'private_key', 'private key');
  const own =
    'key' in privateKey ? createPublicKey(privateKey.key.export({ type: 'pkcs8', format: 'pem' })) : undefined;
  const named = platformReadings(settings);
  const platform = named.flatMap(({ name, reading }) => ('key' in reading ? [{ name, key: reading.key }] : []));
  const troubles = [privateKey, ...named.map(({ reading }) => reading)].flatMap((it) =>
    'trouble' in it ? [it.trouble] : [],
  );
  const mistaken = platform.filter(({ key }) => own !== undefined && key.equals(own));
  const findings = [
    ...troubles,
    ...mistaken.map(({ name }) => finding('own_key_as_provider_key', name)),
    ...certificateFindings(settings, own),
  ];
  return { findings, own, platform };
}

/** The merchant API certificate is no part of an account, but who has it at hand may put it beside the key. */
function certificateFindings(settings: RawSettings, own: KeyObject | undefined): Finding[] {
  const text = textOf(settings['certificate']);
  if (text === '') return [];
  const reading = readKeyText(text, 'certificate', 'certificate');
  if ('trouble' in reading) return [reading.trouble];
  if (!('key' in reading)) return [];
  const isAnother = own !== undefined && !reading.key.equals(own);
  const serial = settings['serial_no'];
  const isNamed = serial === undefined || sameSerial(readCertificate(text).serialNumber, textOf(serial));
  return [
    ...(isAnother ? [finding('certificate_of_another_key')] : []),
    ...(isNamed ? [] : [finding('serial_differs', 'serial_no is not that of the certificate beside it')]),
  ];
}

function platformReadings(settings: RawSettings): { readonly name: string; readonly reading: KeyReading }[] {
  const listed = settings['platform_certificates'];
  const certificates = (Array.isArray(listed) ? listed : []).map((entry: unknown, at) => {
    const { serial_no, certificate } = Object(entry) as RawSettings;
    const reading = readKeyText(textOf(certificate), `platform_certificates/${at}`, 'certificate');
    return { name: plainSerial(textOf(serial_no)), reading };
  });
  const id = textOf(settings['public_key_id']);
  const publicKey =
    id === '' ? [] : [{ name: plainSerial(id), reading: keyReading(settings, 'public_key', 'public key') }];
  return [...certificates, ...publicKey];
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
