import type { NextAction } from '@hutong/payment-port';
import type { NextActionSchema } from './next-action.schema.js';

/** A next action as clients read it. */
export function nextActionView(action: NextAction): NextActionSchema {
  const expires_at = action.expiresAt.toISOString();
  switch (action.type) {
    case 'invoke_sdk':
      return { type: action.type, sdk: action.sdk, params: action.params, expires_at };
    case 'redirect':
      return {
        type: action.type,
        url: action.url,
        ...(action.form === undefined ? {} : { form: action.form }),
        expires_at,
      };
    case 'show_qr_code':
      return { type: action.type, content: action.content, expires_at };
    case 'share_link':
      return { type: action.type, url: action.url, text: action.text, expires_at };
    case 'await_payer':
      return { type: action.type, poll_after_ms: action.pollAfterMs, expires_at };
    case 'none':
      return { type: action.type, expires_at };
  }
}
