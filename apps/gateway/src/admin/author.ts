import type { Authorship } from '@hutong/payment-core';
import type { GatewayRequest } from '../http/request.js';

/** Who calls, by the head of the key, and why, when the caller says so. */
export function authorOf(request: GatewayRequest, reason?: string): Authorship {
  return { actor: request.apiKey?.prefix ?? 'admin', ...(reason !== undefined && { reason }) };
}
