import type { Attempt } from '@hutong/payment-core';
import { nextActionView } from '../../payments/next-action.view.js';
import type { CashierView } from './cashier-view.js';

/** The sandbox's phone with this action in its hand, and the cashier to come back to. For development only. */
export function sandboxPhoneHref(
  sandboxUrl: string,
  { nextAction }: Attempt,
  { path }: CashierView,
): string | undefined {
  if (nextAction === undefined) return undefined;
  const handed = JSON.stringify({ next_action: nextActionView(nextAction), return_url: path });
  return `${sandboxUrl}/?next_action=${Buffer.from(handed).toString('base64url')}`;
}
