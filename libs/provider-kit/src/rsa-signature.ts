import { sign as signWith, verify as verifyWith, type KeyObject } from 'node:crypto';

/** The hash under RSA PKCS#1 v1.5. Both wires use SHA-256 now; the choice is ours, never the sender's. */
const ALGORITHM = 'RSA-SHA256';

/** Signs on libuv's thread pool, so that 800 µs of RSA never block the event loop. */
export function rsaSign(privateKey: KeyObject, text: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    signWith(ALGORITHM, Buffer.from(text), privateKey, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString('base64'));
    });
  });
}

/** Canonical base64 only: Node's decoder is lenient, and many texts for one signature invite mistakes. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** True only when the signature holds. Malformed text (WeChat's `WECHATPAY/SIGNTEST/` probes too) is simply false. */
export function rsaVerify(publicKey: KeyObject, text: string | Uint8Array, signature: string): boolean {
  if (signature.length > 1_024 || !BASE64.test(signature)) return false;
  try {
    return verifyWith(ALGORITHM, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')) === true;
  } catch {
    return false;
  }
}
