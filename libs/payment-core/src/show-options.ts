import type { Scene } from '@hutong/payment-port';
import { checkoutOf } from './checkout-of-payment.js';
import type { CoreContext } from './core-context.js';
import { newId } from './ids.js';
import { listMethods, type MethodList } from './list-methods.js';
import { judgeOptions, type Verdict } from './options/judge-options.js';
import type { PayerFacts, Payment } from './payment.js';
import { notFound } from './problem.js';
import type { Impression } from './stores/impression.store.js';

/**
 * Lists a payment's options to its payer, and keeps what was shown and why. `seen`: what a page of ours sees of the payer's
 * browser, over what the merchant told.
 * @throws PaymentProblem not_found
 */
export async function showOptions(
  core: CoreContext,
  payment: Payment,
  scene: Scene,
  seen: PayerFacts = {},
): Promise<MethodList> {
  const list = await relistOptions(core, payment, scene, seen);
  await core.stores.impressions.addImpression({
    id: newId('imp', list.facts.now),
    app: payment.app,
    paymentId: payment.id,
    configVersion: list.configVersion,
    facts: list.facts,
    shown: list.shown.map(({ method }) => method.id),
    createdAt: list.facts.now,
  });
  return list;
}

/** The same list for a payer who saw it a moment ago: nothing is kept. @throws PaymentProblem not_found */
export function relistOptions(
  core: CoreContext,
  payment: Payment,
  scene: Scene,
  seen: PayerFacts = {},
): Promise<MethodList> {
  return listMethods(core, payment.app, checkoutOf(payment, scene, { ...payment.payer, ...seen }));
}

/** What a payer was shown once, with why: the stored version judged again over the stored facts. */
export interface ExplainedImpression extends Impression {
  readonly verdicts: readonly Verdict[];
}

/** What the payer of this payment was shown, oldest first. @throws PaymentProblem not_found */
export async function explainImpressions(
  core: CoreContext,
  app: string,
  paymentId: string,
): Promise<readonly ExplainedImpression[]> {
  if ((await core.stores.payments.findPayment(app, paymentId)) === undefined) throw notFound('payment');
  const impressions = await core.stores.impressions.listImpressions(app, paymentId);
  return Promise.all(impressions.map((impression) => explain(core, impression)));
}

async function explain(core: CoreContext, impression: Impression): Promise<ExplainedImpression> {
  const config = await core.stores.config.findOptions(impression.app, impression.configVersion);
  if (config === undefined)
    throw new Error(`Options version ${impression.configVersion} of ${impression.app} is gone.`);
  const { verdicts } = judgeOptions(config, impression.facts, core.providers.methods(), { trace: true });
  return { ...impression, verdicts };
}
