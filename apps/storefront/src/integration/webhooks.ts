import { UntrustedWebhook, verifyWebhook, type WebhookEvent, type WebhookHeaders } from '@hutong/client';

/** How a webhook is answered: 2xx only once it is kept. */
export interface WebhookAnswer {
  readonly status: 200 | 400;
  readonly message: string;
}

/**
 * Proves a webhook and hands it on. `keep` may see the same event again, because deliveries are repeated until one is
 * answered: act on an `event.id` once, and ask the API how the payment stands rather than add up events.
 */
export async function receiveWebhook(
  message: { readonly headers: WebhookHeaders; readonly body: Uint8Array },
  secrets: readonly string[],
  keep: (event: WebhookEvent) => void | Promise<void>,
): Promise<WebhookAnswer> {
  try {
    await keep(verifyWebhook({ ...message, secrets }));
    return { status: 200, message: 'kept' };
  } catch (error) {
    if (!(error instanceof UntrustedWebhook)) throw error;
    return { status: 400, message: `${error.reason}: ${error.message}` };
  }
}
