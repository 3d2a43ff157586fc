import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `hk_test_`: an app's key in development. `hk_live_`: an app's key in production. `ha_`: an admin's key. */
export const KEY_KINDS = ['hk_test_', 'hk_live_', 'ha_'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

const FORM = /^(hk_test_|hk_live_|ha_)([0-9a-f]{48})([0-9a-f]{8})$/;

/** A fresh key: kind, 192 random bits, and a checksum so that scanners and typing errors are told apart offline. */
export function mintKey(kind: KeyKind): string {
  const secret = randomBytes(24).toString('hex');
  return `${kind}${secret}${checksum(kind + secret)}`;
}

/** Whose key the text has the shape and checksum of; says nothing about whether it is valid. Undefined: nobody's. */
export function keyAudience(text: string): 'app' | 'admin' | undefined {
  const match = FORM.exec(text);
  if (match === null || checksum(text.slice(0, -match[3]!.length)) !== match[3]) return undefined;
  return match[1] === 'ha_' ? 'admin' : 'app';
}

/** True when the text is of the shape of a key of that kind. */
export function isKeyOfKind(text: string, kind: 'app' | 'admin'): boolean {
  return keyAudience(text) === kind;
}

/** What the store keeps: keys carry 192 random bits, so one SHA-256 is enough and looking up by it leaks no timing. */
export function hashKey(text: string): string {
  return hash('sha256', text);
}

/** The head of a key that may be shown in lists and logs. */
export function keyPrefix(text: string): string {
  return text.slice(0, text.startsWith('ha_') ? 9 : 14);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
