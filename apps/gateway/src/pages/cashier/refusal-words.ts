import { REASONS, type PaymentProblem, type Reason } from '@hutong/payment-core';

/** What a payer is told of a refusal: what to do, not whose fault it is. */
export type RefusalWords =
  'choose' | 'unavailable' | 'notOffered' | 'amount' | 'environment' | 'payer' | 'identity' | 'friend' | 'other';

const OF_REASON = {
  excluded_by_app: 'notOffered',
  switched_off: 'notOffered',
  not_configured: 'notOffered',
  pending_review: 'notOffered',
  not_in_rollout: 'notOffered',
  scene_unsupported: 'environment',
  currency_unsupported: 'notOffered',
  amount_below_min: 'amount',
  amount_above_max: 'amount',
  segment_excluded: 'notOffered',
  client_too_old: 'environment',
  outside_calendar: 'notOffered',
  environment_unfit: 'environment',
  account_missing: 'notOffered',
  provider_unavailable: 'unavailable',
} as const satisfies Record<Reason, RefusalWords>;

/** Codes beside the policy's reasons. */
const OF_CODE: Readonly<Record<string, RefusalWords>> = {
  payer_unfit: 'payer',
  payer_declined: 'payer',
  insufficient_funds: 'payer',
  use_friend_requests: 'friend',
};

export function refusalWords({ code, extra }: PaymentProblem): RefusalWords {
  if (extra?.['provider_code'] === 'openid_missing') return 'identity';
  if (isReason(code)) return OF_REASON[code];
  return OF_CODE[code] ?? 'other';
}

function isReason(code: string): code is Reason {
  return (REASONS as readonly string[]).includes(code);
}
