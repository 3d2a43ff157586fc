import { createHutong } from '@hutong/client';
import { subscribe } from './integration/subscribe.js';
import type { StorefrontParts } from './storefront.js';

/** Subscribes every shop to its app's events. */
export async function webhookSecretsOf({
  keys,
  baseUrl,
  gatewayUrl,
}: Pick<StorefrontParts, 'keys' | 'baseUrl' | 'gatewayUrl'>): Promise<Readonly<Record<string, readonly string[]>>> {
  const subscribed = Object.entries(keys).map(async ([app, apiKey]) => {
    const secret = await subscribe(createHutong({ baseUrl: gatewayUrl, apiKey }), `${baseUrl}/${app}/webhooks`);
    return [app, [secret]] as const;
  });
  return Object.fromEntries(await Promise.all(subscribed));
}
