import { openAead } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';
import { textField, type JsonObject } from './json-fields.js';

/**
 * Opens what WeChat Pay seals with a merchant's APIv3 key: AES-256-GCM, whose tag proves that the sealer holds that key.
 * Associated data may be empty. Undefined when anything does not hold. Source: pay.weixin.qq.com/doc/v3/merchant/4012071382.
 */
export function openSealed(apiV3Key: KeyObject, sealed: JsonObject): Buffer | undefined {
  const nonce = textField(sealed, 'nonce');
  const ciphertext = textField(sealed, 'ciphertext');
  if (sealed['algorithm'] !== 'AEAD_AES_256_GCM' || nonce === undefined || ciphertext === undefined) return undefined;
  try {
    return openAead(apiV3Key, { nonce, ciphertext, associatedData: textField(sealed, 'associated_data') ?? '' });
  } catch {
    return undefined;
  }
}
