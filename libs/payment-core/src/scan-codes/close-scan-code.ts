import type { CoreContext } from '../core-context.js';
import type { ScanCodeAttempt } from '../payment.js';

/** Nobody can pay a code by itself, so that closing it needs nobody's word. What was opened through it stands on its own. */
export async function closeScanCode(core: CoreContext, code: ScanCodeAttempt): Promise<void> {
  await core.stores.payments.moveAttempt(code.id, 'closed', { nextCheckAt: null });
}

/** There is nobody to ask about a code: it lives until its time is over, and is closed then. */
export async function checkScanCode(core: CoreContext, code: ScanCodeAttempt): Promise<'settled' | 'unchanged'> {
  if (code.status !== 'awaiting_payer' || core.clock.now() < code.expiresAt) return 'unchanged';
  await closeScanCode(core, code);
  return 'settled';
}
