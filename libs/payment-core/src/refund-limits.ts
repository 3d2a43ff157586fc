import type { Refunds } from '@hutong/payment-port';
import type { CoreContext } from './core-context.js';
import type { Capture } from './payment.js';
import { conflict } from './problem.js';
import type { RefundSpacing } from './stores/payment.store.js';

/** Between our clock at sending and the provider's at arrival. */
const MARGIN_MS = 1_000;

const DAY_MS = 86_400_000;

/** What the wire, and the account at it, want between the refunds of one capture. */
export function spacingOf(
  { providers }: CoreContext,
  provider: string,
  { apartS }: Pick<Refunds, 'apartS'>,
): RefundSpacing {
  const { parts } = providers.pace(provider).refunds;
  return {
    ...(parts !== undefined && { parts }),
    ...(apartS !== undefined && apartS > 0 && { apartMs: apartS * 1_000 + MARGIN_MS }),
  };
}

/** @throws PaymentProblem `refund_window_over` when the wire takes no refund of this capture any more */
export function refuseAfterWindow({ providers, clock }: CoreContext, capture: Capture): void {
  const { withinDays } = providers.pace(capture.provider).refunds;
  if (withinDays === undefined) return;
  const until = new Date(capture.paidAt.getTime() + withinDays * DAY_MS);
  if (clock.now() <= until) return;
  const detail = `${capture.provider} takes refunds for ${withinDays} days after the payment; return the money another way.`;
  throw conflict('refund_window_over', detail, { until: until.toISOString() });
}
