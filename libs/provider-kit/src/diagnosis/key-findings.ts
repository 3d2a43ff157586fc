import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Finding } from '@hutong/payment-port';
import { readCertificate, readPrivateKey, readPublicKey } from '../pem.js';
import { finding } from './findings.js';

/** A key out of settings that may be wrong: the key, what is wrong with it, or nothing where none is given. */
export type KeyReading = { readonly key: KeyObject } | { readonly trouble: Finding } | { readonly absent: true };

const READERS = {
  'private key': (text: string): KeyObject => readPrivateKey(text),
  'public key': (text: string): KeyObject => readPublicKey(text),
  certificate: (text: string): KeyObject => readCertificate(text).publicKey,
} as const;

type Kind = keyof typeof READERS;

/** Reads `field` of the settings as a key of this kind. Never throws, never repeats the key. */
export function keyReading(settings: Readonly<Record<string, unknown>>, field: string, kind: Kind): KeyReading {
  const text = settings[field];
  return readKeyText(typeof text === 'string' ? text : '', field, kind);
}

export function readKeyText(text: string, field: string, kind: Kind): KeyReading {
  if (text.trim() === '') return { absent: true };
  try {
    return { key: READERS[kind](text) };
  } catch (error) {
    return { trouble: keyTrouble(text, field, kind, error) };
  }
}

/** What a message lacks that can only be judged with this key. */
export const missingKey = (field: string): Finding => finding('key_unreadable', `${field} is not given`);

function keyTrouble(text: string, field: string, wanted: Kind, error: unknown): Finding {
  const found = kindOf(text);
  if (found !== undefined && found !== wanted)
    return finding('key_of_wrong_kind', `${field}: a ${found} in place of a ${wanted}`);
  if (can(() => READERS[wanted](relabelled(text)))) return finding('pem_label_wrong', field);
  if (linesAreLost(text)) return finding('pem_line_breaks_lost', field);
  return finding('key_unreadable', `${field}: ${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'}`);
}

/** What the BEGIN line says; without one, what the Base64 turns out to be. */
function kindOf(text: string): Kind | undefined {
  if (/BEGIN [A-Z ]*PRIVATE KEY/.test(text)) return 'private key';
  if (/BEGIN [A-Z ]*PUBLIC KEY/.test(text)) return 'public key';
  if (/BEGIN [A-Z ]*CERTIFICATE/.test(text)) return 'certificate';
  const der = Buffer.from(text, 'base64');
  if (can(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))) return 'private key';
  if (can(() => createPublicKey({ key: der, format: 'der', type: 'spki' }))) return 'public key';
  return undefined;
}

/** The text under the other label of its kind: with or without `RSA`. */
function relabelled(text: string): string {
  return / RSA (?=P)/.test(text) ? text.replaceAll(/ RSA (?=P)/g, ' ') : text.replaceAll(/ (?=P[A-Z]+ KEY)/g, ' RSA ');
}

function linesAreLost(text: string): boolean {
  return /-----BEGIN/.test(text) && (text.includes(String.raw`\n`) || !/-----BEGIN [A-Z ]+-----\r?\n/.test(text));
}

function can(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
