import type { Scene } from '@hutong/payment-port';
import { accountFor } from './account-lookup.js';
import { chargesCode, chooseWallet, type ChosenWallet } from './choose-wallet.js';
import { closeAttempt, isLive } from './close-attempt.js';
import { contentHash } from './content-hash.js';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { friendsKey } from './friends/friends-key.js';
import { asPaidBy, refuseHandover, refuseTwin, type FriendsPart } from './friends/friends-part.js';
import { eventOf } from './payment-events.js';
import type { Attempt, PayerFacts, Payment, PaymentRecord, WalletAttempt } from './payment.js';
import { START_LEASE_MS } from './polling-plan.js';
import { conflict, notFound } from './problem.js';
import { prepareAttempt } from './prepare-attempt.js';
import { attemptInProgress, refuseWhileStarting, resumeAttempt, resumeCharge } from './resume-attempt.js';
import { REASON_TEXTS } from './options/reasons.js';
import { showScanCode } from './scan-codes/show-scan-code.js';
import type { Account } from './stores/config.store.js';
import type { FriendsTurn } from './stores/friend-request.store.js';

/** Tries of one payment, codes among them: each is an order at a wallet or a row that every look at the payment reads. */
export const MAX_ATTEMPTS = 300;

export interface AttemptOrder {
  readonly app: string;
  readonly paymentId: string;
  readonly method: string;
  readonly scene: Scene;
  readonly payer?: PayerFacts;
  /** The code that the payer shows, for a method that charges one; handed to its provider and kept nowhere. */
  readonly authCode?: string;
  /** Where the payer's browser goes afterwards, instead of the payment's. */
  readonly returnUrl?: string;
  /** A friend of the payment's owner pays. */
  readonly friend?: FriendsPart;
}

/**
 * Starts one try of a payment: judge the policy again, take older tries out of the payer's hands, write the row, call
 * the provider, write the answer. The same method, scene and payer while one awaits answers that attempt again. Where the
 * payer shows a code, the same code is the same try, asked about and never charged again, and a new code is a new try. Where
 * a code is shown to whichever wallet comes, no provider is called: see `showScanCode`.
 * @throws PaymentProblem with the reason code when the policy refuses, `payment_already_paid`, `payment_closed`,
 * `attempts_exhausted`, `attempt_in_progress` while a code is being charged
 */
export async function openAttempt(
  core: CoreContext,
  order: AttemptOrder,
): Promise<{ created: boolean; attempt: Attempt }> {
  if (core.providers.method(order.method)?.handsOver === 'scan_code') return showScanCode(core, order);
  const { payment: asked, attempts } = await loadOpen(core, order);
  refuseHandover(core, order);
  const payment = asPaidBy(order, asked);
  const payer = { ...payment.payer, ...order.payer };
  const chosen = await chooseWallet(core, asked, order, payer);
  const payerKey = keyOf(core, payment, payer, order);
  const same = attempts.find(
    (it) => isLive(it) && it.method === order.method && it.scene === order.scene && it.payerKey === payerKey,
  );
  const again = same && (await goOnWith(core, payment, same, { payer, chosen }));
  if (again !== undefined) return { created: false, attempt: again };
  const seen = await supersedeOthers(core, payment, {
    refuse: (others) => order.friend !== undefined && refuseTwin(others, attempts, payerKey),
  });
  const attempt = await writeAttempt(core, payment, order, chosen, payerKey);
  if (chargesCode(chosen.method)) await stepBackFromRace(core, attempt, seen);
  return { created: true, attempt: await prepareAttempt(core, payment, attempt, { payer, authCode: order.authCode }) };
}

/** @throws PaymentProblem not_found, `payment_already_paid`, `payment_closed` */
export async function loadOpen(
  core: CoreContext,
  { app, paymentId }: Pick<AttemptOrder, 'app' | 'paymentId'>,
): Promise<PaymentRecord> {
  const record = await core.stores.payments.findPayment(app, paymentId);
  if (record === undefined) throw notFound('payment');
  refuseUnlessOpen(record.payment, core.clock.now());
  return record;
}

export function refuseUnlessOpen(payment: Payment, now: Date): void {
  if (payment.status === 'paid') throw conflict('payment_already_paid', 'This payment is paid already.');
  if (payment.status === 'closed' || payment.expiresAt <= now) {
    throw conflict('payment_closed', `This payment is ${payment.closedReason ?? 'expired'}; create a new one.`);
  }
}

/** Whose try it is. A code is told again by a keyed hash: without the key, nobody finds the code behind it. */
function keyOf(core: CoreContext, payment: Payment, payer: PayerFacts, { authCode, friend }: AttemptOrder): string {
  if (friend !== undefined) return friendsKey(friend.holder, payer.openid);
  if (authCode === undefined) return contentHash([payer.id, payer.openid]);
  return core.stores.fingerprint(JSON.stringify([payment.id, authCode]));
}

function goOnWith(
  core: CoreContext,
  payment: Payment,
  same: Attempt,
  { payer, chosen }: { payer: PayerFacts; chosen: ChosenWallet },
): Promise<Attempt | undefined> {
  return chargesCode(chosen.method) ? resumeCharge(core, same) : resumeAttempt(core, payment, same, payer);
}

/** A code that is at its wallet this moment can't be called back: a second try now might take the money twice. */
function refuseWhileCharging(core: CoreContext, attempts: readonly Attempt[]): void {
  for (const attempt of attempts) {
    if (chargesCode(core.providers.method(attempt.method))) refuseWhileStarting(core, attempt);
  }
}

function refuseExhausted({ length }: readonly Attempt[]): void {
  if (length < MAX_ATTEMPTS) return;
  const detail = `This payment was tried ${length} times; go on with the try that awaits its payer, or create a new payment.`;
  throw conflict('attempts_exhausted', detail, { limit: MAX_ATTEMPTS });
}

/**
 * Two scans of one moment don't find each other's row before they write their own. Whoever finds another one then steps back
 * before anything is sent: a scan that must be repeated is better than a payer charged twice.
 * @throws PaymentProblem `attempt_in_progress`
 */
export async function stepBackFromRace(
  core: CoreContext,
  attempt: Attempt,
  seen: ReadonlySet<string>,
  isRival: (it: Attempt) => boolean = (it) => chargesCode(core.providers.method(it.method)),
): Promise<void> {
  const record = await core.stores.payments.loadPayment(attempt.paymentId);
  const rival = record?.attempts.find((it) => it.id !== attempt.id && !seen.has(it.id) && isLive(it) && isRival(it));
  if (rival === undefined) return;
  const problem = attemptInProgress(rival);
  const data = { attempt_id: attempt.id, method: attempt.method, code: problem.code };
  const event = eventOf('payment.attempt_failed', attempt, data, core.clock.now());
  await core.stores.payments.moveAttempt(attempt.id, 'failed', { code: problem.code, nextCheckAt: null }, event);
  throw problem;
}

export interface Superseding {
  /** Throws when one of the tries that there are by now stands in the way. */
  readonly refuse?: (attempts: readonly Attempt[]) => unknown;
  readonly spared?: (attempt: Attempt) => boolean;
}

/**
 * Older tries are closed where they can be, else superseded and watched; one that turns out paid ends the matter. What is spared
 * stays in its payer's hands.
 * @returns the ids of all tries there were
 * @throws PaymentProblem `attempts_exhausted` before anything is closed: the try that awaits its payer goes on doing so
 */
export async function supersedeOthers(
  core: CoreContext,
  payment: Payment,
  { refuse, spared = () => false }: Superseding = {},
): Promise<ReadonlySet<string>> {
  const attempts = (await core.stores.payments.loadPayment(payment.id))?.attempts ?? [];
  refuseExhausted(attempts);
  refuseWhileCharging(core, attempts);
  refuse?.(attempts);
  const live = attempts.filter((it) => isLive(it) && !spared(it));
  for (const attempt of live) await closeAttempt(core, attempt);
  const after = live.length === 0 ? undefined : await core.stores.payments.loadPayment(payment.id);
  if (after !== undefined) refuseUnlessOpen(after.payment, core.clock.now());
  return new Set(attempts.map(({ id }) => id));
}

/** Write before you call: the row and its never-reused number are committed before the provider hears of them. */
export async function writeAttempt(
  core: CoreContext,
  payment: Payment,
  order: Pick<AttemptOrder, 'method' | 'scene' | 'friend'>,
  { provider }: ChosenWallet,
  payerKey: string,
): Promise<WalletAttempt> {
  const account = await accountFor(core, payment.app, provider);
  if (account === undefined)
    throw conflict('account_missing', REASON_TEXTS.account_missing.en, { reason: 'account_missing' });
  const attempt = draftOf(core, payment, order, account, payerKey);
  await insertAttempt(core, attempt, order.friend);
  return attempt;
}

/** @throws PaymentProblem when the payment is no longer open */
export async function insertAttempt(core: CoreContext, attempt: Attempt, friend?: FriendsTurn): Promise<void> {
  const event = eventOf(
    'payment.attempt_opened',
    attempt,
    { attempt_id: attempt.id, method: attempt.method, scene: attempt.scene },
    attempt.createdAt,
  );
  const { payments, friends } = core.stores;
  const opened =
    friend === undefined ? payments.openAttempt(attempt, event) : friends.openAttempt(attempt, event, friend);
  if (await opened) return;
  const record = await payments.loadPayment(attempt.paymentId);
  if (record !== undefined) refuseUnlessOpen(record.payment, core.clock.now());
  throw friend === undefined
    ? conflict('payment_closed', 'This payment is no longer open.')
    : conflict('attempt_in_progress', 'This request to a friend changed hands this moment; ask again.');
}

function draftOf(
  core: CoreContext,
  payment: Payment,
  order: Pick<AttemptOrder, 'method' | 'scene' | 'friend'>,
  account: Account,
  payerKey: string,
): WalletAttempt {
  const now = core.clock.now();
  const id = newId('att', now);
  return {
    id,
    paymentId: payment.id,
    app: payment.app,
    method: order.method,
    scene: order.scene,
    provider: account.provider,
    accountId: account.id,
    accountVersion: account.version,
    reference: id,
    payerKey,
    ...(order.friend !== undefined && { friendRequestId: order.friend.requestId }),
    status: 'starting',
    createdAt: now,
    expiresAt: payment.expiresAt,
    nextCheckAt: new Date(now.getTime() + START_LEASE_MS),
    checks: 0,
  };
}
