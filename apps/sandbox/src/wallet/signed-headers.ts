import { randomBytes } from 'node:crypto';
import type { Tamperings } from '../frame/fault-rule.js';
import { walletSignature } from './signature.js';

/** The signature faults of this wire. */
export const WALLET_TAMPERINGS = ['bad_signature', 'no_signature', 'stale_timestamp', 'wrong_key'] as const;

const STALE_BY_SECONDS = 3_600;

export interface ToSign {
  readonly secret: string;
  readonly nonce: string;
  /** The lines before the timestamp: the status of an answer; none for a notification. */
  readonly first: readonly string[];
  readonly body: string | Buffer;
}

/** The three headers of what the wallet says, or what a fault rule wants of them. Timestamps are real time. */
export function signedHeaders({ secret, nonce, first, body }: ToSign, tamperings: Tamperings): Record<string, string> {
  const now = Math.floor(Date.now() / 1_000);
  const timestamp = String(tamperings.has('stale_timestamp') ? now - STALE_BY_SECONDS : now);
  const key = tamperings.has('wrong_key') ? randomBytes(32).toString('hex') : secret;
  const signature = walletSignature(key, [...first, timestamp, nonce, body]);
  const shown = tamperings.has('bad_signature')
    ? signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    : signature;
  return {
    'wallet-timestamp': timestamp,
    'wallet-nonce': nonce,
    ...(tamperings.has('no_signature') ? {} : { 'wallet-signature': shown }),
  };
}
