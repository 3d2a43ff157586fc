import type { Attempt } from '@hutong/payment-core';
import { nextActionView } from '../../payments/next-action.view.js';

/** The sandbox's phone with this action in its hand, and where to come back to. For development only. */
export function sandboxPhoneHref(sandboxUrl: string, { nextAction }: Attempt, returnUrl: string): string | undefined {
  if (nextAction === undefined) return undefined;
  const handed = JSON.stringify({ next_action: nextActionView(nextAction), return_url: returnUrl });
  return `${sandboxUrl}/?next_action=${Buffer.from(handed).toString('base64url')}`;
}
