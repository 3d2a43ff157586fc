import { invalid } from '@hutong/payment-core';
import type { Resolve } from './guarded-sender.js';
import { mayGoTo } from './outbound-address.js';
import { hostAddress, judgeUrl, type UrlRule } from './outbound-url.js';

/** How long a registration waits for a look-up. */
const LOOKUP_MS = 2_000;

/**
 * The canonical form of an endpoint's URL. A name that leads to a forbidden address today is refused today; one that can't be looked up yet
 * is taken, for every delivery looks it up and judges it again.
 * @throws PaymentProblem invalid_request at `/url`
 */
export async function admittedUrl(text: string, rule: UrlRule, resolve: Resolve): Promise<string> {
  const verdict = judgeUrl(text, rule);
  if ('refused' in verdict) throw invalid('/url', `${verdict.refused}.`);
  const { url } = verdict;
  const addresses = hostAddress(url) === undefined ? await addressesOf(url.hostname, resolve) : [];
  if (!addresses.every((address) => mayGoTo(address, { loopback: rule.development })))
    throw invalid('/url', 'must lead to a public address.');
  return url.href;
}

async function addressesOf(hostname: string, resolve: Resolve): Promise<readonly string[]> {
  const late = new Promise<readonly string[]>((done) =>
    AbortSignal.timeout(LOOKUP_MS).addEventListener('abort', () => done([])),
  );
  return Promise.race([resolve(hostname).catch(() => []), late]);
}
