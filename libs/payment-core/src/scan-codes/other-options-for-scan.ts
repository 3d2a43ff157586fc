import type { Scene } from '@hutong/payment-port';
import { checkoutOf } from '../checkout-of-payment.js';
import { chargesCode } from '../choose-wallet.js';
import type { CoreContext } from '../core-context.js';
import { listMethods, type MethodList } from '../list-methods.js';
import type { PayerFacts } from '../payment.js';
import type { KnownMethod } from '../provider-directory.js';
import { loadScanCode } from './find-scan-code.js';

/** What is known of whoever scanned: nothing of the owner, so that no tester's and no rollout's place is taken over. */
export type ScannerFacts = Omit<PayerFacts, 'id' | 'segments' | 'clientVersion'>;

/**
 * What else the app takes where the scanner stands, in the app's own order: for browsers that are no wallet's, and for wallets that
 * the app does not take. Judged for nobody in particular. Undefined when the code is not ours or no longer alive.
 */
export async function otherOptionsForScan(
  core: CoreContext,
  token: string,
  scene: Scene,
  scanner: ScannerFacts = {},
): Promise<MethodList['shown'] | undefined> {
  const found = await loadScanCode(core, token);
  if (found?.state !== 'alive') return undefined;
  const { payment } = found.record;
  const { shown } = await listMethods(core, payment.app, checkoutOf(payment, scene, scanner));
  return shown.filter(({ method }) => isPayableByScan(method));
}

/** What a scanner's own device can pay with: no code for yet another device, no friend's request, no code at a till. */
export function isPayableByScan(method: KnownMethod): boolean {
  return method.handsOver === undefined && !chargesCode(method);
}
