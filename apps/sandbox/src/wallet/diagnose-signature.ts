import { createHmac } from 'node:crypto';
import { spellingThatFits } from '../frame/diagnose-rsa.js';
import { lineSpellings, type SignedLines } from '../frame/line-spellings.js';
import { causeOf, type SignatureCause } from '../frame/signature-cause.js';
import type { AccountShelf } from '../frame/accounts.js';
import type { WalletAccount } from './account.js';
import { sameSignature, walletSignature } from './signature.js';

const MOST_ACCOUNTS = 32;

/** Which known mistake explains an HMAC that did not hold. */
export function diagnoseSignature(
  given: string,
  lines: SignedLines,
  account: WalletAccount,
  accounts: AccountShelf<WalletAccount>,
): SignatureCause {
  const { method, url, timestamp, nonce, body } = lines;
  const expected = [method, url, timestamp, nonce, body];
  const other = accounts
    .all()
    .slice(0, MOST_ACCOUNTS)
    .find(({ secret }) => secret !== account.secret && sameSignature(given, walletSignature(secret, expected)));
  if (other !== undefined) return causeOf('key_of_another_account', other.name);
  const fits = (text: Uint8Array | string): boolean =>
    sameSignature(given, `v1=${createHmac('sha256', account.secret).update(text).digest('hex')}`);
  return spellingThatFits(lineSpellings(lines, []), fits) ?? causeOf('wrong_secret', 'or over another string');
}
