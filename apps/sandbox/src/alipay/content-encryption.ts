import type { AlipayAccount } from './account.js';
import { decryptContent, encryptContent } from './aes-content.js';
import { decodeText, encodeText } from './charset.js';
import { isGatewayErrorCode } from './gateway-errors.js';
import { gatewayRefusal } from './gateway-refusal.js';
import type { PublicFields } from './parameters.js';

/**
 * biz_content as the app wrote it. With encrypt_type=AES it arrives encrypted, and the signature covers the ciphertext:
 * verify first. @throws GatewayRefusal
 */
export function plainContent(parameters: PublicFields, account: AlipayAccount): string | undefined {
  const type = parameters.get('encrypt_type');
  const content = parameters.get('biz_content');
  if (type === undefined) return content;
  if (type !== 'AES') throw gatewayRefusal('isv.invalid-encrypt-type');
  if (account.encrypt_key === undefined) throw gatewayRefusal('isv.missing-encrypt-key');
  return content && decrypted(content, account.encrypt_key, parameters);
}

/**
 * The response as it stands in the envelope: for an encrypted call a quoted ciphertext, which the signature covers with
 * its quotes. The gateway's own refusals stay plain: it may not have been able to read the call.
 */
export function answerContent(
  response: Readonly<Record<string, unknown>>,
  json: string,
  parameters: PublicFields,
  account: AlipayAccount | undefined,
): string {
  const key = parameters.get('encrypt_type') === 'AES' ? account?.encrypt_key : undefined;
  if (key === undefined || isGatewayErrorCode(String(response['sub_code']))) return json;
  return `"${encryptContent(encodeText(json, parameters.charset), key)}"`;
}

function decrypted(content: string, key: string, { charset }: PublicFields): string {
  try {
    return decodeText(decryptContent(content, key), charset);
  } catch {
    throw gatewayRefusal('isv.decryption-error-unknown');
  }
}
