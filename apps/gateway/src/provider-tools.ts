import { randomBytes } from 'node:crypto';
import type { ProviderTools } from '@hutong/payment-port';

/** What providers get of the world: keep-alive fetch, real time for signatures, nonces from the system's generator. */
export const providerTools: ProviderTools = {
  fetch: globalThis.fetch,
  clock: { now: () => new Date() },
  nonce: () => randomBytes(16).toString('hex'),
};
