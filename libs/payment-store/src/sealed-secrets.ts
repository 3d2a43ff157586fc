import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Sealed bytes do not open: another key, another row, or a byte that changed. It says which row, never what was in it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';

  constructor(row: string) {
    super(
      `The sealed secrets of ${row} do not open: HUTONG_MASTER_KEY is not the one they were sealed with, or the row was changed or moved.`,
    );
  }
}

/** 1: AES-256-GCM under a random data key of the row's own, which is wrapped by the master key, AES-256-GCM too. */
const VERSION = 1;
const KEY = 32;
const NONCE = 12;
const TAG = 16;
const WRAPPED = NONCE + KEY + TAG;

/**
 * Seals a JSON value for one row. Layout: version byte, wrapped data key, sealed content; each of the two is nonce,
 * ciphertext, tag. The row's identity and the version are authenticated with both, so rows cannot be swapped.
 */
export function seal(masterKey: Buffer, row: string, secrets: unknown): Buffer {
  const dataKey = randomBytes(KEY);
  const aad = aadOf(row);
  return Buffer.concat([
    Buffer.of(VERSION),
    encrypt(masterKey, dataKey, aad),
    encrypt(dataKey, Buffer.from(JSON.stringify(secrets)), aad),
  ]);
}

/** @throws SealBroken */
export function unseal(masterKey: Buffer, row: string, sealed: Uint8Array): unknown {
  try {
    if (sealed[0] !== VERSION) throw new SealBroken(row);
    const aad = aadOf(row);
    const dataKey = decrypt(masterKey, sealed.subarray(1, 1 + WRAPPED), aad);
    return JSON.parse(decrypt(dataKey, sealed.subarray(1 + WRAPPED), aad).toString());
  } catch {
    // Not as the cause either: a parser's message may quote what it read.
    throw new SealBroken(row);
  }
}

function aadOf(row: string): Buffer {
  return Buffer.from(`hutong/${VERSION}/${row}`);
}

function encrypt(key: Buffer, content: Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Uint8Array, aad: Buffer): Buffer {
  const nonce = sealed.subarray(0, NONCE);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]);
}
