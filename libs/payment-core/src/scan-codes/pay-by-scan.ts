import type { Scene } from '@hutong/payment-port';
import { chooseWallet, refuseUnlessOpenTo, type ChosenWallet } from '../choose-wallet.js';
import { isLive } from '../close-attempt.js';
import { contentHash } from '../content-hash.js';
import type { CoreContext } from '../core-context.js';
import { newId } from '../ids.js';
import { refuseUnlessOpen, stepBackFromRace, supersedeOthers, writeAttempt } from '../open-attempt.js';
import { hasWallet, type Attempt, type PaymentRecord, type WalletAttempt } from '../payment.js';
import { prepareAttempt } from '../prepare-attempt.js';
import { conflict, invalid, notFound, PaymentProblem } from '../problem.js';
import { resumeAttempt } from '../resume-attempt.js';
import { loadScanCode, type LoadedScanCode } from './find-scan-code.js';
import { isPayableByScan, type ScannerFacts } from './other-options-for-scan.js';

export interface ScanOrder {
  readonly token: string;
  /** Whose browser opened the code: it tells the wallet. */
  readonly scene: Scene;
  /** One of `otherOptionsForScan`; absent: the wallet that the scene tells. */
  readonly method?: string;
  readonly payer?: ScannerFacts;
  /** An id that a page of ours gave this browser: tells a second tap from another scanner where no openid does. */
  readonly browser?: string;
}

/**
 * Somebody scanned the code and pays: a new try with the wallet behind the scan, judged again now that it is known. The code stays
 * for others, whose own unfinished tries are closed first; the same scanner again goes on with the try that there is. Who has
 * paid comes back to the code's page.
 * @throws PaymentProblem not_found; 409 with reason and provider when the app does not take this wallet, `scan_code_expired`,
 * `scan_code_replaced`, `attempt_in_progress` for the second of two taps at once (ask again), `payment_already_paid`, `payment_closed`; 400 about `/scene` or `/method`; what preparing it throws
 */
export async function payByScan(core: CoreContext, order: ScanOrder): Promise<{ created: boolean; attempt: Attempt }> {
  const found = await loadAlive(core, order.token);
  const { code, record } = found;
  const payment = { ...record.payment, returnUrl: core.links.scanCode(order.token) };
  const payer = order.payer ?? {};
  const chosen = await chooseForScan(core, found, order);
  const attempt = { method: chosen.method.id, scene: order.scene };
  const payerKey = scannerKey(order);
  const same = record.attempts
    .filter(hasWallet)
    .find((it) => isLive(it) && it.method === attempt.method && it.scene === order.scene && it.payerKey === payerKey);
  const again = same && (await resumeAttempt(core, payment, same, payer));
  if (again !== undefined) return { created: false, attempt: again };
  const seen = await supersedeOthers(core, payment, { spared: ({ id }) => id === code.id });
  const written = await writeAttempt(core, payment, attempt, chosen, payerKey);
  await stepBackFromRace(core, written, seen, (it) => it.payerKey === payerKey);
  return { created: true, attempt: await prepareAttempt(core, payment, written, { payer }) };
}

/** What whoever scans there would be refused with, before anything is opened: undefined when their wallet may pay. */
export async function refusalOfScan(
  core: CoreContext,
  found: LoadedScanCode,
  scene: Scene,
): Promise<PaymentProblem | undefined> {
  try {
    await walletBehind(core, found, scene);
    return undefined;
  } catch (error) {
    if (error instanceof PaymentProblem) return error;
    throw error;
  }
}

/** The tries that this scanner opened through the code, oldest first; none for a stranger. */
export function scannersTries(
  { attempts }: Pick<PaymentRecord, 'attempts'>,
  { payer, browser }: Pick<ScanOrder, 'payer' | 'browser'>,
): readonly WalletAttempt[] {
  const keys = [
    ...(payer?.openid === undefined ? [] : [contentHash(['scan', payer.openid])]),
    ...(browser === undefined ? [] : [contentHash(['scan', null, browser])]),
  ];
  return attempts.filter(hasWallet).filter(({ payerKey }) => keys.includes(payerKey));
}

async function loadAlive(core: CoreContext, token: string): Promise<LoadedScanCode> {
  const found = await loadScanCode(core, token);
  if (found === undefined) throw notFound('code');
  refuseUnlessOpen(found.record.payment, core.clock.now());
  if (found.state === 'alive') return found;
  throw conflict(`scan_code_${found.state}`, `This code is ${found.state}; scan the one that is shown now.`);
}

async function chooseForScan(core: CoreContext, found: LoadedScanCode, order: ScanOrder): Promise<ChosenWallet> {
  const { payment } = found.record;
  if (order.method === undefined) return walletBehind(core, found, order.scene);
  const method = core.providers.method(order.method);
  if (method !== undefined && !isPayableByScan(method)) throw invalid('/method', 'cannot be paid by whoever scans.');
  const { method: id, scene, payer = {} } = order;
  return chooseWallet(core, payment, { app: payment.app, paymentId: payment.id, method: id, scene }, payer);
}

/**
 * The option is the owner's, shown where the owner stands, and is judged there again as it was; what is new is the wallet, on which
 * the app's rules hold as for any other way to it.
 */
async function walletBehind(
  core: CoreContext,
  { code, record: { payment } }: LoadedScanCode,
  scene: Scene,
): Promise<ChosenWallet> {
  const method = core.providers.method(code.method);
  const provider = method?.providerOf({ scene });
  if (method === undefined || provider === undefined) throw invalid('/scene', "is no wallet's browser: give a method.");
  await refuseUnlessOpenTo(core, payment, code, payment.payer ?? {}, provider);
  return { method, provider };
}

/** An openid tells the same scanner in any browser; without one, and without a browser's id, every scan is somebody new. */
function scannerKey({ payer, browser }: ScanOrder): string {
  if (payer?.openid !== undefined) return contentHash(['scan', payer.openid]);
  return contentHash(['scan', null, browser ?? newId('att')]);
}
