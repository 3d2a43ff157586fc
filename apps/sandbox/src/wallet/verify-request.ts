import type { AccountShelf } from '../frame/accounts.js';
import type { Arrived } from '../frame/arrived.js';
import { causeOf, type SignatureCause } from '../frame/signature-cause.js';
import type { WalletAccount } from './account.js';
import { diagnoseSignature } from './diagnose-signature.js';
import { sameSignature, walletSignature } from './signature.js';
import { WalletError } from './wallet-error.js';

/** Seconds of real time that a request may be off. */
const TOLERANCE_SECONDS = 300;

/** Whose request this is. Notes what it checked, for the request log. @throws WalletError unauthorized */
export function verifyRequest(arrived: Arrived, accounts: AccountShelf<WalletAccount>): WalletAccount {
  const merchant = needed(arrived, 'Wallet-Merchant', /^\S{1,64}$/);
  const timestamp = needed(arrived, 'Wallet-Timestamp', /^\d{1,12}$/);
  const nonce = needed(arrived, 'Wallet-Nonce', /^[\x21-\x7e]{16,64}$/);
  const signature = needed(arrived, 'Wallet-Signature', /^v1=[0-9a-f]{64}$/);
  const account = accounts.find((one) => one.merchant_id === merchant);
  if (account === undefined) throw refused(arrived, `No merchant ${merchant}.`, causeOf('unknown_account', merchant));
  arrived.notes.account = account.name;
  arrived.notes.key = `secret of ${merchant}`;
  const lines = [arrived.method, arrived.url, timestamp, nonce, arrived.body];
  arrived.notes.signedString = lines.map((line) => `${line.toString()}\n`).join('');
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    throw refused(arrived, `Wallet-Timestamp is more than ${TOLERANCE_SECONDS} s off.`, causeOf('clock'));
  }
  if (!sameSignature(signature, walletSignature(account.secret, lines))) {
    throw refused(
      arrived,
      'Wallet-Signature does not hold. Signed: METHOD, PATH_WITH_QUERY, TIMESTAMP, NONCE, BODY, one per line.',
      diagnoseSignature(signature, { ...arrived, timestamp, nonce }, account, accounts),
    );
  }
  return account;
}

function needed(arrived: Arrived, name: string, shape: RegExp): string {
  const value = arrived.header(name);
  if (value !== undefined && shape.test(value)) return value;
  const code = value === undefined ? 'signature_missing' : 'authorization_malformed';
  throw refused(arrived, `${name} is ${value === undefined ? 'missing' : 'malformed'}.`, causeOf(code, name));
}

function refused(arrived: Arrived, reason: string, cause: SignatureCause): WalletError {
  arrived.notes.verdict = 'refused';
  arrived.notes.cause = cause;
  arrived.notes.reason = reason;
  return new WalletError('unauthorized', reason);
}
