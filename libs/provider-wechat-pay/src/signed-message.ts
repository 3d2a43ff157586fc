import { UntrustedMessage } from '@hutong/payment-port';
import { rsaVerify } from '@hutong/provider-kit';
import type { KeyObject } from 'node:crypto';

/** WeChat Pay's documented tolerance: five minutes either way. */
const MAX_SKEW_MS = 300_000;
/** The only signature that we accept; the sender may name it, never choose it. */
const SIGNATURE_TYPE = 'WECHATPAY2-SHA256-RSA2048';

/** What an answer or a notification arrived with. `header` answers a value that came exactly once, else undefined. */
export interface SignedMessage {
  readonly operation: string;
  readonly header: (name: string) => string | undefined;
  /** As received; the signature covers bytes. */
  readonly body: Uint8Array;
}

/** Answers the key of ours that a message names, fetched first where it must be; undefined when it is none of ours. */
export type KeyNamed = (serial: string) => Promise<KeyObject | undefined>;

/**
 * Holds a message against WeChat Pay's signature: `timestamp\nnonce\nbody\n`, RSA-SHA256, with the key that the message
 * names among those we trust. Nothing of the body is read before this has passed.
 * Source: pay.weixin.qq.com/doc/v3/merchant/4013053420 (how to verify with platform certificates, and the `WECHATPAY/SIGNTEST/` probes).
 * @throws UntrustedMessage saying which step did not hold
 */
export async function verifySigned(keyNamed: KeyNamed, now: Date, message: SignedMessage): Promise<void> {
  const type = required(message, 'Wechatpay-Signature-Type');
  if (type !== SIGNATURE_TYPE) throw untrusted(message, 'it names another signature type');
  const timestamp = required(message, 'Wechatpay-Timestamp');
  const nonce = required(message, 'Wechatpay-Nonce');
  const signature = required(message, 'Wechatpay-Signature');
  if (!isFresh(timestamp, now)) throw untrusted(message, 'its timestamp is more than five minutes from our clock');
  const key = await heldKey(keyNamed, message);
  if (!rsaVerify(key, stringToVerify(timestamp, nonce, message.body), signature))
    throw untrusted(message, 'its signature does not hold');
}

/** Looked for last, because looking may mean a call: what is stale or incomplete must not cause one. */
async function heldKey(keyNamed: KeyNamed, message: SignedMessage): Promise<KeyObject> {
  const serial = required(message, 'Wechatpay-Serial');
  const key = await keyNamed(serial).catch((cause: unknown) => {
    throw untrusted(message, 'it names a key that this account does not hold and could not fetch', cause);
  });
  if (key === undefined) throw untrusted(message, 'it names a key that this account does not hold');
  return key;
}

/** The exact bytes that WeChat Pay signs; an empty body leaves its line empty. */
export function stringToVerify(timestamp: string, nonce: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
}

function required(message: SignedMessage, name: string): string {
  const value = message.header(name);
  if (value === undefined) throw untrusted(message, `${name} did not come exactly once`);
  return value;
}

function isFresh(timestamp: string, now: Date): boolean {
  return /^[1-9]\d{0,11}$/.test(timestamp) && Math.abs(now.getTime() - Number(timestamp) * 1_000) <= MAX_SKEW_MS;
}

function untrusted({ operation }: SignedMessage, why: string, cause?: unknown): UntrustedMessage {
  return new UntrustedMessage(`WeChat Pay's message (${operation}) proves nothing: ${why}.`, {
    provider: 'wechat_pay',
    operation,
    cause,
  });
}
