import { createPublicKey } from 'node:crypto';
import { readPrivateKey, readPublicKey } from '@hutong/provider-kit';
import { ValidateBy } from 'class-validator';

const OWN_KEY_HINT =
  'is the public key of the app itself (应用公钥); paste the one that the console shows as 支付宝公钥 after the upload';

/**
 * Refuses the most common slip: the app's own public key where Alipay's belongs. With it no answer would ever verify,
 * but whoever holds the app's private key could sign answers. Alipay's Java client refuses it too.
 */
export function IsNotOwnPublicKey(privateKeyField: string): PropertyDecorator {
  return ValidateBy({
    name: 'isNotOwnPublicKey',
    validator: {
      validate: (value, args) => {
        const settings = (args?.object ?? {}) as Readonly<Record<string, unknown>>;
        return !isPair(settings[privateKeyField], value);
      },
      defaultMessage: () => OWN_KEY_HINT,
    },
  });
}

/** What is no key at all is pointed at by the fields' own validators. */
function isPair(privateKey: unknown, publicKey: unknown): boolean {
  if (typeof privateKey !== 'string' || typeof publicKey !== 'string') return false;
  try {
    return createPublicKey(readPrivateKey(privateKey)).equals(readPublicKey(publicKey));
  } catch {
    return false;
  }
}

/** The gateway: https, or plain http on this machine (the sandbox). No query, because the call brings its own. */
export function IsGatewayUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isGatewayUrl',
    validator: {
      validate: isGatewayUrl,
      defaultMessage: () => 'must be an https URL without a query; plain http only on the loopback address',
    },
  });
}

function isGatewayUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || /[?#\s]/.test(String(value)) || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** URL has normalised every spelling of an IPv4 address by now. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
