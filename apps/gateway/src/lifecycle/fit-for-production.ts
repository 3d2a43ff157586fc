import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Account, Stores } from '@hutong/payment-core';
import type { Settings } from '@hutong/settings';

const FEWEST_RSA_BITS = 2048;

/**
 * What of the accounts must not take money in production, each in a sentence that says what to do: a base URL that is the
 * sandbox's, this machine's or plain http, and RSA keys that are too short. Retired accounts take none and are not looked at.
 */
export async function unfitAccounts(
  stores: Pick<Stores, 'config'>,
  settings: Pick<Settings, 'production' | 'sandboxPublicUrl'>,
): Promise<readonly string[]> {
  if (!settings.production) return [];
  const apps = await stores.config.listApps();
  const accounts = (await Promise.all(apps.map(({ id }) => stores.config.listAccounts(id)))).flat();
  return accounts.flatMap((account) => reasonsAgainst(account, settings.sandboxPublicUrl));
}

function reasonsAgainst(account: Account, sandboxUrl: string): string[] {
  const name = `Account ${account.provider}/${account.ref} of ${account.app} (${account.id})`;
  return Object.entries(account.settings).flatMap(([field, value]) => {
    if (typeof value !== 'string') return [];
    if (isUnfitUrl(value, sandboxUrl))
      return [
        `${name} has ${field} ${new URL(value).origin}: leave it out for the provider's own, or retire the account.`,
      ];
    return isShortKey(value)
      ? [`${name} has an RSA key of fewer than ${FEWEST_RSA_BITS} bits in ${field}: replace it.`]
      : [];
  });
}

function isUnfitUrl(text: string, sandboxUrl: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, origin } = new URL(text);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return protocol === 'http:' || isHere || origin === new URL(sandboxUrl).origin;
}

function isShortKey(text: string): boolean {
  const bits = text.includes('-----BEGIN') ? keyOf(text)?.asymmetricKeyDetails?.modulusLength : undefined;
  return bits !== undefined && bits < FEWEST_RSA_BITS;
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return pem.includes('PRIVATE KEY') ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    return undefined;
  }
}
