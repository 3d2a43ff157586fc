import { ControlError } from '../frame/control-error.js';
import type { NextAction } from '../frame/next-action.js';
import type { Trade } from '../frame/trade.js';
import type { Wire } from '../frame/wire.js';

/** Shows `action` to each wallet until one says it is its own. @throws ControlError 400 when none does */
export async function openInWallet(
  wires: readonly Wire[],
  action: NextAction,
  payer: string | undefined,
  pageUrl?: string | undefined,
): Promise<Trade> {
  const trade = await openWhereKnown(wires, action, payer, pageUrl);
  if (trade !== undefined) return trade;
  throw new ControlError(400, `next_action: no wallet here recognises ${described(action)}.`);
}

/** The same; undefined when it is no wallet's. @throws ControlError when the wallet whose it is refuses */
export async function openWhereKnown(
  wires: readonly Wire[],
  action: NextAction,
  payer: string | undefined,
  pageUrl?: string | undefined,
): Promise<Trade | undefined> {
  for (const wire of wires) {
    const trade = await wire.open(action, payer, pageUrl);
    if (trade !== undefined) return trade;
  }
  return undefined;
}

function described(action: NextAction): string {
  switch (action.type) {
    case 'invoke_sdk':
      return `the SDK call ${action.sdk}`;
    case 'redirect':
      return `the address ${action.url.slice(0, 120)}`;
    case 'show_qr_code':
      return `the code ${action.content.slice(0, 120)}`;
  }
}
