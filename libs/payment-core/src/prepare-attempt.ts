import {
  NotReached,
  Rejected,
  type NextAction,
  type PrepareRequest,
  type Product,
  type Prepare,
  type RejectionReason,
} from '@hutong/payment-port';
import { providerOf } from './account-lookup.js';
import { checkAttempt } from './check-attempt.js';
import type { CoreContext } from './core-context.js';
import { eventOf } from './payment-events.js';
import type { Attempt, PayerFacts, Payment, WalletAttempt } from './payment.js';
import { nextAttemptCheck } from './polling-plan.js';
import { conflict, PaymentProblem } from './problem.js';

interface PayersPart {
  readonly payer: PayerFacts;
  readonly authCode?: string | undefined;
}

/**
 * A no that is not final: the number is ours alone, so an order that stands or was paid under it is this attempt, sent
 * before without an answer.
 */
const ASK_FIRST: readonly RejectionReason[] = ['order_exists', 'order_paid'];

/**
 * Calls the provider for an attempt whose row is committed, and writes what came back. A clear no or a request that
 * never left us fails the attempt; anything else that goes wrong leaves it `unknown`, to be asked about.
 * @throws PaymentProblem when the provider said no or could not be reached
 */
export async function prepareAttempt(
  core: CoreContext,
  payment: Payment,
  attempt: WalletAttempt,
  part: PayersPart,
): Promise<Attempt> {
  try {
    const nextAction = await callProvider(core, payment, attempt, part);
    const begun = await written(core, attempt, 'awaiting_payer', { nextAction });
    return nextAction.type === 'none' ? await proven(core, begun) : begun;
  } catch (error) {
    if (isFinalNo(error)) return refused(core, attempt, error);
    core.report(error, { doing: 'prepare an attempt', attempt_id: attempt.id, provider: attempt.provider });
    return written(core, attempt, 'unknown', {});
  }
}

/** Nothing is left for the payer to do: the provider says it is paid, and a query proves it on the spot. */
async function proven(core: CoreContext, attempt: Attempt): Promise<Attempt> {
  await checkAttempt(core, attempt);
  return (await core.stores.payments.findAttemptByReference(attempt.reference)) ?? attempt;
}

function isFinalNo(error: unknown): error is Rejected | NotReached {
  return error instanceof NotReached || (error instanceof Rejected && !ASK_FIRST.includes(error.reason));
}

async function callProvider(
  core: CoreContext,
  payment: Payment,
  attempt: WalletAttempt,
  part: PayersPart,
): Promise<NextAction> {
  const provider = await providerOf(core, attempt);
  const product = core.providers.method(attempt.method)?.scenes[attempt.scene];
  const prepare = product && (provider.payments.prepare[product] as Prepare<Product> | undefined);
  if (prepare === undefined) {
    throw new Rejected(`${attempt.provider} has no product for ${attempt.method} in ${attempt.scene}.`, {
      provider: attempt.provider,
      operation: 'prepare',
      reason: 'invalid_configuration',
      code: 'product_missing',
    });
  }
  return prepare(requestOf(core, payment, attempt, part));
}

function requestOf(
  core: CoreContext,
  payment: Payment,
  attempt: WalletAttempt,
  { payer, authCode }: PayersPart,
): PrepareRequest {
  const { openid, ip, userAgent } = payer;
  return {
    reference: attempt.reference,
    amount: payment.amount,
    description: payment.description,
    requestedAt: core.clock.now(),
    expiresAt: attempt.expiresAt,
    notifyUrl: core.notifyUrl(attempt.provider, attempt.accountId),
    ...(payment.returnUrl === undefined ? {} : { returnUrl: payment.returnUrl }),
    payer: {
      ...(openid === undefined ? {} : { openid }),
      ...(ip === undefined ? {} : { ip }),
      ...(userAgent === undefined ? {} : { userAgent }),
    },
    ...(authCode === undefined ? {} : { authCode }),
  };
}

/** The payer may have been faster than our second write: then the row says `paid` already, and that stands. */
async function written(
  core: CoreContext,
  attempt: WalletAttempt,
  to: 'awaiting_payer' | 'unknown',
  change: { nextAction?: NextAction },
): Promise<Attempt> {
  const nextCheckAt = nextAttemptCheck(
    { ...attempt, checks: 0 },
    core.providers.pace(attempt.provider),
    core.clock.now(),
  );
  const moved = await core.stores.payments.moveAttempt(attempt.id, to, { ...change, nextCheckAt });
  if (moved) return { ...attempt, ...change, status: to, nextCheckAt };
  return (await core.stores.payments.findAttemptByReference(attempt.reference)) ?? attempt;
}

async function refused(core: CoreContext, attempt: WalletAttempt, error: Rejected | NotReached): Promise<never> {
  const code = error instanceof Rejected ? error.reason : 'not_reached';
  const event = eventOf(
    'payment.attempt_failed',
    attempt,
    { attempt_id: attempt.id, method: attempt.method, code },
    core.clock.now(),
  );
  await core.stores.payments.moveAttempt(attempt.id, 'failed', { code, nextCheckAt: null }, event);
  throw error instanceof Rejected ? rejection(core, attempt, error) : unreachable(attempt, error);
}

function unreachable(attempt: WalletAttempt, error: NotReached): PaymentProblem {
  return new PaymentProblem('unavailable', {
    code: 'provider_unavailable',
    detail: `${error.message} Nothing was ordered; try again or offer another method.`,
    extra: { reason: 'provider_unavailable', attempt_id: attempt.id },
  });
}

function rejection(core: CoreContext, attempt: WalletAttempt, error: Rejected): PaymentProblem {
  const extra = { reason: error.reason, attempt_id: attempt.id, provider_code: error.code };
  switch (error.reason) {
    case 'invalid_configuration':
    case 'not_permitted':
      core.report(error, { doing: 'prepare an attempt', attempt_id: attempt.id, provider: attempt.provider });
      return new PaymentProblem('provider_refused', { code: error.reason, detail: error.message, extra });
    case 'rate_limited':
    case 'unavailable':
      return new PaymentProblem('unavailable', { code: 'provider_unavailable', detail: error.message, extra });
    default:
      return conflict(error.reason, error.message, extra);
  }
}
