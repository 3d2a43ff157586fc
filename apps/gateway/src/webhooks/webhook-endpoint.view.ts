import type { KeyedEndpoint, SigningKey, WebhookEndpoint } from '@hutong/payment-core';
import type { KeyedWebhookEndpointSchema, WebhookEndpointSchema, WebhookKeySchema } from './webhook-endpoint.schema.js';

/** Of the keys only what is public. */
export function endpointView(endpoint: WebhookEndpoint, keys: readonly SigningKey[]): WebhookEndpointSchema {
  return {
    id: endpoint.id,
    object: 'webhook_endpoint',
    url: endpoint.url,
    event_types: endpoint.eventTypes,
    description: endpoint.description ?? null,
    enabled: endpoint.enabled,
    disabled_reason: endpoint.disabledReason ?? null,
    failing_since: endpoint.failingSince?.toISOString() ?? null,
    keys: keys.map(keyView),
    created_at: endpoint.createdAt.toISOString(),
  };
}

export function keyedEndpointView(
  { endpoint, key }: KeyedEndpoint,
  keys: readonly SigningKey[],
): KeyedWebhookEndpointSchema {
  return { ...endpointView(endpoint, keys), secret: key.secret, public_key: key.publicKey };
}

function keyView({ id, publicKey, createdAt, expiresAt }: SigningKey): WebhookKeySchema {
  return {
    id,
    public_key: publicKey,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
  };
}
