import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import type { Arrived } from '../frame/arrived.js';
import type { WechatAccount } from './account.js';
import type { WechatContext } from './context.js';
import { parameterError } from './wechat-error.js';

/**
 * The clear text of fields that the merchant encrypted for WeChat Pay, with the key that its `Wechatpay-Serial` names:
 * RSA-OAEP with SHA-1 over Base64 (protocol §2.5). @throws WechatError 400 PARAM_ERROR
 */
export async function openedFields(
  sealed: readonly string[],
  arrived: Arrived,
  account: WechatAccount,
  { platform }: WechatContext,
): Promise<readonly string[]> {
  const serial = arrived.header('wechatpay-serial');
  if (!serial) throw parameterError('HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)');
  const key = await platform.forOpening(account, serial);
  if (key === undefined) throw parameterError('平台证书序列号Wechatpay-Serial错误');
  return sealed.map((field) => opened(field, key));
}

function opened(sealed: string, key: KeyObject): string {
  try {
    const clear = privateDecrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(sealed, 'base64'),
    );
    return new TextDecoder('utf-8', { fatal: true }).decode(clear);
  } catch {
    throw parameterError('请确认待处理的消息是否为加密后的密文');
  }
}
