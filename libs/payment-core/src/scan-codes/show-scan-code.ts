import { refuseUnlessOffered } from '../choose-wallet.js';
import { isLive } from '../close-attempt.js';
import { contentHash } from '../content-hash.js';
import type { CoreContext } from '../core-context.js';
import { newId } from '../ids.js';
import { insertAttempt, loadOpen, supersedeOthers, type AttemptOrder } from '../open-attempt.js';
import { hasWallet, type Attempt, type Payment, type ScanCodeAttempt } from '../payment.js';
import { scanCodeToken } from './scan-code-token.js';

/** How long a code can be scanned: one that is photographed is worth nothing soon, and a page shows a fresh one by itself. */
export const SCAN_CODE_LIFE_MS = 300_000;

/**
 * Shows one code for every wallet: an attempt whose wallet nobody knows yet, so that no provider is called. The same request while
 * it lives answers it again; afterwards a fresh one takes its place. Other tries of the owner are closed, as for any new try;
 * whoever came through an older code goes on paying.
 * @throws PaymentProblem with the reason code when none of its wallets is open, `payment_already_paid`, `payment_closed`
 */
export async function showScanCode(
  core: CoreContext,
  order: AttemptOrder,
): Promise<{ created: boolean; attempt: Attempt }> {
  const { payment, attempts } = await loadOpen(core, order);
  const payer = { ...payment.payer, ...order.payer };
  await refuseUnlessOffered(core, payment, order, payer);
  const draft = draftOf(core, payment, order, contentHash([payer.id, payer.openid]));
  const standing = attempts.find((it) => isSameCode(it, draft));
  if (standing !== undefined) return { created: false, attempt: standing };
  await supersedeOthers(core, payment, { spared: (it) => hasWallet(it) && it.method === order.method });
  await insertAttempt(core, draft);
  return { created: true, attempt: draft };
}

/** One that lives on for the same owner, in the same place. */
function isSameCode(it: Attempt, { method, scene, payerKey, createdAt: now }: ScanCodeAttempt): boolean {
  const isCode = !hasWallet(it) && isLive(it) && it.expiresAt > now;
  return isCode && it.method === method && it.scene === scene && it.payerKey === payerKey;
}

function draftOf(
  core: CoreContext,
  payment: Payment,
  { method, scene }: AttemptOrder,
  payerKey: string,
): ScanCodeAttempt {
  const createdAt = core.clock.now();
  const id = newId('att', createdAt);
  const expiresAt = new Date(Math.min(createdAt.getTime() + SCAN_CODE_LIFE_MS, payment.expiresAt.getTime()));
  const content = core.links.scanCode(scanCodeToken(core.stores, id));
  return {
    id,
    paymentId: payment.id,
    app: payment.app,
    method,
    scene,
    reference: id,
    payerKey,
    status: 'awaiting_payer',
    nextAction: { type: 'show_qr_code', content, expiresAt },
    createdAt,
    expiresAt,
    nextCheckAt: expiresAt,
    checks: 0,
  };
}
