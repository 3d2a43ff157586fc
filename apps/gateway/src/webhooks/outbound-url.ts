import ipaddr from 'ipaddr.js';
import { mayGoTo } from './outbound-address.js';

/** What is asked of an endpoint's URL; `development`: http and loopback are fine too. */
export interface UrlRule {
  readonly development: boolean;
}

export type UrlVerdict = { readonly url: URL } | { readonly refused: string };

const LONGEST = 2_048;

/** Services that take orders from whoever writes lines to them, above the privileged ports; below only 80 and 443 are open. */
const DANGEROUS_PORTS = new Set([
  1433, 1521, 1723, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 4369, 5060, 5061, 5432, 5601, 5672, 5900,
  5984, 5985, 5986, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 7001, 8009, 8500, 9042, 9092, 9100,
  9200, 9300, 10080, 10250, 11211, 15672, 27017, 27018, 50070,
]);

/**
 * Judges an endpoint's URL without a look-up, in its canonical form: the WHATWG parser turns every spelling of an address (decimal, hex,
 * octal, `127.1`, ideographic full stops) into one, so that nothing is judged by its looks.
 * @returns the canonical URL, or what to change
 */
export function judgeUrl(text: string, { development }: UrlRule): UrlVerdict {
  if (text.length > LONGEST) return { refused: `must be at most ${LONGEST} characters` };
  // oxlint-disable-next-line no-control-regex -- NUL, and what the parser would drop unseen, is what is looked for
  if (/[\u0000-\u0020\u007f\\]|%00/.test(text) || !URL.canParse(text))
    return { refused: 'must be a URL without blanks' };
  const url = new URL(text);
  const refused = complaint(url, development);
  if (refused !== undefined) return { refused };
  url.hostname = url.hostname.replace(/\.$/, '');
  return { url };
}

function complaint(url: URL, development: boolean): string | undefined {
  if (url.protocol !== 'https:' && !(development && url.protocol === 'http:')) return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not carry credentials';
  if (url.hash !== '') return 'must not have a fragment';
  if (!isOpenPort(Number(url.port || (url.protocol === 'https:' ? 443 : 80))))
    return 'names a port that is not open to webhooks';
  const address = hostAddress(url);
  if (address === undefined) return isName(url.hostname) ? undefined : 'must name a host';
  return mayGoTo(address, { loopback: development }) ? undefined : 'must lead to a public address';
}

function isOpenPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1_024 && !DANGEROUS_PORTS.has(port));
}

/** The IP address that stands in place of a name, without the brackets of version 6. */
export function hostAddress({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return ipaddr.isValid(host) ? host : undefined;
}

/** Labels of letters, digits, hyphens and underscores, as DNS has them; the parser has made punycode of the rest. */
function isName(hostname: string): boolean {
  return (
    hostname.length <= 254 &&
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/.test(hostname)
  );
}
