import { createCipheriv, randomBytes } from 'node:crypto';

/** What certificates and notifications carry instead of plain text. */
export interface SealedText {
  readonly algorithm: 'AEAD_AES_256_GCM';
  /** 12 characters, used as bytes. */
  readonly nonce: string;
  readonly associated_data: string;
  /** base64 of the ciphertext followed by the 16 bytes of its tag. */
  readonly ciphertext: string;
}

/** Encrypts for the holder of the APIv3 key, whose 32 characters are the key's bytes (protocol §2.4). */
export function sealText(plaintext: string, apiV3Key: string, associatedData: string): SealedText {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    nonce,
    associated_data: associatedData,
    ciphertext: sealed.toString('base64'),
  };
}
