import type { CloseOutcome } from '@hutong/payment-port';
import { providerOf } from './account-lookup.js';
import { checkAttempt } from './check-attempt.js';
import type { CoreContext } from './core-context.js';
import { hasWallet, type Attempt, type WalletAttempt } from './payment.js';
import { closeScanCode } from './scan-codes/close-scan-code.js';
import { LIVE_ATTEMPTS } from './transitions.js';

export function isLive(attempt: Attempt): boolean {
  return (LIVE_ATTEMPTS as readonly string[]).includes(attempt.status);
}

/**
 * Takes an attempt out of the payer's hands: closed when the provider says so; otherwise `superseded` and watched until
 * its expiry has passed, because what cannot be closed stays payable. A payer who was faster is settled right here.
 */
export async function closeAttempt(core: CoreContext, attempt: Attempt): Promise<void> {
  if (!hasWallet(attempt)) return closeScanCode(core, attempt);
  const { payments } = core.stores;
  switch (await closeAtProvider(core, attempt)) {
    case 'closed':
      await payments.moveAttempt(attempt.id, 'closed', { nextCheckAt: null });
      return;
    case 'already_paid': {
      const outcome = await checkAttempt(core, attempt);
      if (outcome === 'unchanged' || outcome === 'unanswered') await watch(core, attempt);
      return;
    }
    case 'not_found':
    case 'unanswered':
      await watch(core, attempt);
  }
}

async function watch(core: CoreContext, attempt: Attempt): Promise<void> {
  await core.stores.payments.moveAttempt(attempt.id, 'superseded', { nextCheckAt: core.clock.now() });
}

async function closeAtProvider(core: CoreContext, attempt: WalletAttempt): Promise<CloseOutcome | 'unanswered'> {
  try {
    const provider = await providerOf(core, attempt);
    return (await provider.payments.close?.(attempt.reference)) ?? 'unanswered';
  } catch (error) {
    core.report(error, { doing: 'close an attempt', attempt_id: attempt.id, provider: attempt.provider });
    return 'unanswered';
  }
}
