import type { AccountWish } from '../frame/accounts.js';
import { ControlError } from '../frame/control-error.js';

/** What a merchant registers in its consoles. Only a strict account is held to it, as production holds everybody. */
export interface Registrations {
  readonly strict?: boolean;
  /** Hosts of the web pages that may lead to an h5_url. */
  readonly h5_domains?: readonly string[];
  /** Addresses, each ending in `/`, under which web pages may invoke JSAPI payments. */
  readonly jsapi_directories?: readonly string[];
  /** Hosts that OAuth may send browsers back to. */
  readonly oauth_domains?: readonly string[];
}

export const REGISTRATION_WISHES = ['strict', 'h5_domains', 'jsapi_directories', 'oauth_domains'] as const;

const MOST = 20;

/** @throws ControlError 400 naming the field */
export function registrationsOf(wish: AccountWish): Required<Registrations> {
  const { strict = false } = wish;
  if (typeof strict !== 'boolean') throw new ControlError(400, 'strict must be true or false.');
  return {
    strict,
    h5_domains: listed(wish, 'h5_domains', isHost, 'hosts, like shop.example.com'),
    oauth_domains: listed(wish, 'oauth_domains', isHost, 'hosts, like shop.example.com'),
    jsapi_directories: listed(wish, 'jsapi_directories', isDirectory, 'addresses, like https://shop.example.com/pay/'),
  };
}

function listed(wish: AccountWish, name: string, fits: (text: string) => boolean, what: string): readonly string[] {
  const value = wish[name] ?? [];
  const good =
    Array.isArray(value) && value.length <= MOST && value.every((one) => typeof one === 'string' && fits(one));
  if (!good) throw new ControlError(400, `${name} must be a list of at most ${MOST} ${what}.`);
  return value as readonly string[];
}

const isHost = (text: string): boolean => URL.parse(`http://${text}`)?.host === text;

const isDirectory = (text: string): boolean => /^https?:\/\/[^?#]+\/$/.test(text) && URL.canParse(text);

/** Whether a web page's host is among the registered ones, written with its port or without. */
export function isRegisteredHost(address: string, hosts: readonly string[] = []): boolean {
  const url = URL.parse(address);
  return url !== null && (hosts.includes(url.host) || hosts.includes(url.hostname));
}
