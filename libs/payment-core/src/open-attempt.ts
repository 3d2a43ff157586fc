import type { Scene } from '@hutong/payment-port';
import { accountFor } from './account-lookup.js';
import { closeAttempt, isLive } from './close-attempt.js';
import { contentHash } from './content-hash.js';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { listMethods } from './list-methods.js';
import { eventOf } from './payment-events.js';
import type { Attempt, PayerFacts, Payment, PaymentRecord } from './payment.js';
import { START_LEASE_MS } from './polling-plan.js';
import { conflict, invalid, notFound } from './problem.js';
import { prepareAttempt } from './prepare-attempt.js';
import type { KnownMethod } from './provider-directory.js';
import { resumeAttempt } from './resume-attempt.js';
import { REASON_TEXTS } from './options/reasons.js';
import type { Account } from './stores/config.store.js';

export interface AttemptOrder {
  readonly app: string;
  readonly paymentId: string;
  readonly method: string;
  readonly scene: Scene;
  readonly payer?: PayerFacts;
  readonly authCode?: string;
}

/**
 * Starts one try of a payment: judge the policy again, take older tries out of the payer's hands, write the row, call
 * the provider, write the answer. The same method, scene and payer while one awaits answers that attempt again; a code
 * that the payer shows is charged once and never again.
 * @throws PaymentProblem with the reason code when the policy refuses, `payment_already_paid`, `payment_closed`
 */
export async function openAttempt(
  core: CoreContext,
  order: AttemptOrder,
): Promise<{ created: boolean; attempt: Attempt }> {
  const { payment, attempts } = await loadOpen(core, order);
  const payer = { ...payment.payer, ...order.payer };
  const method = await judgeAgain(core, payment, order, payer);
  const payerKey = contentHash([payer.id, payer.openid]);
  const same = attempts.find(
    (it) => isLive(it) && it.method === order.method && it.scene === order.scene && it.payerKey === payerKey,
  );
  if (same !== undefined && method.scenes[order.scene] !== 'payer_code') {
    const again = await resumeAttempt(core, payment, same, payer);
    if (again !== undefined) return { created: false, attempt: again };
  }
  await supersedeOthers(core, payment);
  const attempt = await writeAttempt(core, payment, order, method, payerKey);
  return { created: true, attempt: await prepareAttempt(core, payment, attempt, { payer, authCode: order.authCode }) };
}

async function loadOpen(core: CoreContext, { app, paymentId }: AttemptOrder): Promise<PaymentRecord> {
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

/** The list that the payer saw may be old: what the policy says now is what counts. */
async function judgeAgain(
  core: CoreContext,
  payment: Payment,
  order: AttemptOrder,
  payer: PayerFacts,
): Promise<KnownMethod> {
  const { amount, currency } = payment.amount;
  const facts = { amount, currency, scene: order.scene, ...(payer.id === undefined ? {} : { payerId: payer.id }) };
  const { verdicts } = await listMethods(core, payment.app, facts);
  const verdict = verdicts.find((it) => it.method === order.method);
  if (verdict === undefined) throw invalid('/method', `must be one of ${verdicts.map((it) => it.method).join(', ')}.`);
  const method = core.providers.method(order.method);
  if (verdict.shown && method !== undefined) return method;
  const reason = verdict.reason ?? 'switched_off';
  throw conflict(reason, `${REASON_TEXTS[reason].en} ${offer(method)}`.trim(), {
    reason,
    method: order.method,
    offers: Object.keys(method?.scenes ?? {}),
  });
}

function offer(method: KnownMethod | undefined): string {
  return method === undefined ? '' : `${method.id} offers the scenes ${Object.keys(method.scenes).join(', ')}.`;
}

/** Older tries are closed where they can be, else superseded and watched; one that turns out paid ends the matter. */
async function supersedeOthers(core: CoreContext, payment: Payment): Promise<void> {
  const current = await core.stores.payments.loadPayment(payment.id);
  const live = (current?.attempts ?? []).filter(isLive);
  for (const attempt of live) await closeAttempt(core, attempt);
  if (live.length === 0) return;
  const after = await core.stores.payments.loadPayment(payment.id);
  if (after !== undefined) refuseUnlessOpen(after.payment, core.clock.now());
}

/** Write before you call: the row and its never-reused number are committed before the provider hears of them. */
async function writeAttempt(
  core: CoreContext,
  payment: Payment,
  order: AttemptOrder,
  method: KnownMethod,
  payerKey: string,
): Promise<Attempt> {
  const account = await accountFor(core, payment.app, method.provider);
  if (account === undefined)
    throw conflict('account_missing', REASON_TEXTS.account_missing.en, { reason: 'account_missing' });
  const attempt = draftOf(core, payment, order, account, payerKey);
  const event = eventOf(
    'payment.attempt_opened',
    attempt,
    { attempt_id: attempt.id, method: attempt.method, scene: attempt.scene },
    attempt.createdAt,
  );
  if (!(await core.stores.payments.openAttempt(attempt, event))) {
    const record = await core.stores.payments.loadPayment(payment.id);
    if (record !== undefined) refuseUnlessOpen(record.payment, core.clock.now());
    throw conflict('payment_closed', 'This payment is no longer open.');
  }
  return attempt;
}

function draftOf(
  core: CoreContext,
  payment: Payment,
  order: AttemptOrder,
  account: Account,
  payerKey: string,
): Attempt {
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
    status: 'starting',
    createdAt: now,
    expiresAt: payment.expiresAt,
    nextCheckAt: new Date(now.getTime() + START_LEASE_MS),
    checks: 0,
  };
}
