import { offeredScenes, type Scene } from '@hutong/payment-port';
import { checkoutOf, environmentOf } from './checkout-of-payment.js';
import { missingFor } from './checkout-surroundings.js';
import type { CoreContext } from './core-context.js';
import { listMethods } from './list-methods.js';
import type { AttemptOrder } from './open-attempt.js';
import { REASON_TEXTS, type Reason } from './options/reasons.js';
import type { PayerFacts, Payment } from './payment.js';
import { conflict, invalid, PaymentProblem } from './problem.js';
import type { KnownMethod } from './provider-directory.js';

/** What a try is made with: the option, and the provider behind it now that its wallet is known. */
export interface ChosenWallet {
  readonly method: KnownMethod;
  readonly provider: string;
}

/**
 * Judges the policy again for one try: the list that the payer saw may be old, and it was made before anybody knew whose
 * code would be shown. A rule on a provider counts here for the one behind this very code.
 * @throws PaymentProblem 409 with the reason that stands in the way; 400 about `/method` or `/auth_code`
 */
export async function chooseWallet(
  core: CoreContext,
  payment: Payment,
  order: AttemptOrder,
  payer: PayerFacts,
): Promise<ChosenWallet> {
  const method = core.providers.method(order.method);
  if (method !== undefined) refuseStrayCode(core, method, order);
  const provider = method?.providerOf(clueOf(order));
  if (order.friend === undefined) await refuseUnlessOpenTo(core, payment, order, payer, provider);
  else await refuseUnlessFriendMay(core, payment, order, payer, provider);
  if (method !== undefined && provider !== undefined) return { method, provider };
  throw walletUnknown(method, order);
}

/**
 * The same before any wallet is known: the option stands while one of its wallets is open.
 * @throws PaymentProblem as `chooseWallet`
 */
export async function refuseUnlessOffered(
  core: CoreContext,
  payment: Payment,
  order: AttemptOrder,
  payer: PayerFacts,
): Promise<void> {
  const method = core.providers.method(order.method);
  if (method !== undefined) refuseStrayCode(core, method, order);
  await refuseUnlessOpenTo(core, payment, order, payer, undefined);
}

/** Whether what the payer shows is charged, rather than something shown to the payer. */
export function chargesCode(method: KnownMethod | undefined): boolean {
  return method !== undefined && Object.values(method.scenes).includes('payer_code');
}

function clueOf({ scene, authCode }: AttemptOrder) {
  return { scene, ...(authCode === undefined ? {} : { authCode }) };
}

/** A code sent along with another method was scanned for nothing: whoever sent it believes that it was charged. */
function refuseStrayCode(core: CoreContext, method: KnownMethod, { authCode }: AttemptOrder): void {
  if (authCode === undefined || chargesCode(method)) return;
  const fitting = core.providers.methods().filter(chargesCode);
  throw invalid('/auth_code', `goes with ${fitting.map(({ id }) => id).join(', ') || 'no method here'} only.`);
}

/**
 * A friend stands elsewhere than the owner who chose the option: the policy is asked about the owner again, where they shop;
 * the wallet, whether it can work where the friend is.
 */
async function refuseUnlessFriendMay(
  core: CoreContext,
  payment: Payment,
  order: Pick<AttemptOrder, 'method' | 'scene'>,
  payer: PayerFacts,
  provider: string | undefined,
): Promise<void> {
  const { method: id, scene } = order;
  await refuseUnlessOpenTo(core, payment, { method: id, scene: ownersScene(payment) }, payment.payer, provider);
  const method = core.providers.method(id);
  const product = method?.scenes[scene];
  if (method === undefined || product === undefined || provider === undefined)
    throw refusal('scene_unsupported', method && whereItIsPaid(method), order, provider);
  const prospect = { ...environmentOf(payer), scene, product };
  if ((await missingFor(core, payment.app, provider, prospect)) !== undefined)
    throw refusal('environment_unfit', method, order, provider);
}

function whereItIsPaid({ offeredIn: _, ...method }: KnownMethod): KnownMethod {
  return method;
}

/** Where the owner shops, as far as the merchant told. */
export function ownersScene({ scene }: Payment): Scene {
  return scene ?? 'app';
}

/** @throws PaymentProblem 409 with the reason that keeps the option from this payer; 400 about `/method` */
export async function refuseUnlessOpenTo(
  core: CoreContext,
  payment: Payment,
  order: Pick<AttemptOrder, 'method' | 'scene'>,
  payer?: PayerFacts,
  provider?: string,
): Promise<void> {
  const checkout = checkoutOf(payment, order.scene, payer);
  const methods = core.providers.methods().map((it) => (it.id === order.method ? withWallet(it, provider) : it));
  const { verdicts } = await listMethods(core, payment.app, checkout, { methods });
  const verdict = verdicts.find((it) => it.method === order.method);
  if (verdict === undefined) throw invalid('/method', `must be one of ${verdicts.map((it) => it.method).join(', ')}.`);
  if (!verdict.shown)
    throw refusal(verdict.reason ?? 'switched_off', core.providers.method(order.method), order, provider);
}

function withWallet(method: KnownMethod, provider: string | undefined): KnownMethod {
  return provider === undefined ? method : { ...method, providers: [provider] };
}

function refusal(
  reason: Reason,
  method: KnownMethod | undefined,
  order: Pick<AttemptOrder, 'method'>,
  provider: string | undefined,
): PaymentProblem {
  const scenes = method === undefined ? [] : offeredScenes(method);
  const behind = provider === undefined || method?.providers.length === 1 ? '' : ` The wallet is ${provider}.`;
  const offer = method === undefined ? '' : ` ${method.id} offers the scenes ${scenes.join(', ')}.`;
  return conflict(reason, `${REASON_TEXTS[reason].en}${behind}${offer}`, {
    reason,
    method: order.method,
    ...(provider === undefined ? {} : { provider }),
    offers: scenes,
  });
}

/** Never repeats the code: whoever reads it within its minute can charge it. */
function walletUnknown(method: KnownMethod | undefined, { authCode }: AttemptOrder): PaymentProblem {
  const wallets = method?.providers.join(', ') ?? '';
  if (!chargesCode(method)) return invalid('/scene', `does not tell which of ${wallets} is to be paid with.`);
  if (authCode === undefined) return invalid('/auth_code', `is missing: scan the code that the payer shows.`);
  const message = `is no payment code of ${wallets}. Nothing was charged; ask for the code of one of these wallets.`;
  const errors = [{ pointer: '/auth_code', message }];
  return new PaymentProblem('invalid', { code: 'auth_code_unknown', detail: `/auth_code ${message}`, errors });
}
