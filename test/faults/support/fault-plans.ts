import type { FaultRule } from '@hutong/sandbox';

type Operation = NonNullable<FaultRule['match']['operation']>;
type Provider = NonNullable<FaultRule['match']['provider']>;

/** A rule that fires once, or as often as it says. */
export function rule(
  match: FaultRule['match'],
  phase: FaultRule['phase'],
  action: FaultRule['action'],
  more: Partial<FaultRule> = {},
): FaultRule {
  return { match, phase, action, ...more };
}

/** One order and one refund whose answers are lost after they took effect, at each wallet. */
export const ANSWERS_LOST: readonly FaultRule[] = (['wechat_pay', 'alipay', 'wallet'] as const).flatMap((provider) =>
  (['order', 'refund'] as const).map((operation) => rule({ provider, operation }, 'after', 'reset', { times: 1 })),
);

/** The first refunds of each wallet take effect and nobody hears of it: only a question finds out, and each of them has to be asked. */
export const REFUNDS_UNHEARD: readonly FaultRule[] = (['wechat_pay', 'alipay', 'wallet'] as const).map((provider) =>
  rule({ provider, operation: 'refund' }, 'after', 'reset', { times: 4 }),
);

/** What can go wrong with one answer, on either side of its taking effect. `hang` waits for our own time limit. */
export interface Mishap {
  readonly row: string;
  readonly phase: FaultRule['phase'];
  readonly action: FaultRule['action'];
  readonly more?: Partial<FaultRule>;
  readonly only?: readonly Provider[];
}

export const MISHAPS: readonly Mishap[] = [
  { row: 'F-21', phase: 'before', action: 'hang' },
  { row: 'F-22', phase: 'after', action: 'hang' },
  { row: 'F-23', phase: 'after', action: 'reset' },
  { row: 'F-23', phase: 'before', action: 'reset' },
  ...[0, 1, 7, 40, 150].map((bytes): Mishap => ({ row: 'F-23', phase: 'after', action: 'cut', more: { bytes } })),
  { row: 'F-24', phase: 'before', action: 'status', more: { status: 500 } },
  { row: 'F-24', phase: 'after', action: 'status', more: { status: 500 } },
  { row: 'F-24', phase: 'after', action: 'status', more: { status: 502 } },
  { row: 'F-25', phase: 'after', action: 'no_signature' },
  { row: 'F-25', phase: 'after', action: 'bad_signature' },
  { row: 'F-25', phase: 'after', action: 'wrong_key' },
  { row: 'F-25', phase: 'after', action: 'stale_timestamp', only: ['wechat_pay'] },
  { row: 'F-25', phase: 'after', action: 'wrong_serial', only: ['wechat_pay'] },
  { row: 'F-26', phase: 'after', action: 'malformed' },
  { row: 'F-26', phase: 'after', action: 'oversize' },
];

const refusal = (row: string, status: number, code: string, only: Provider): Mishap => ({
  row,
  phase: 'before',
  action: 'error',
  more: { status, code },
  only: [only],
});

/** Codes out of the wallets' documents, of each class: surely not, try again, ask first, wrongly set up. */
export const REFUSALS: readonly Mishap[] = [
  refusal('F-29', 400, 'PARAM_ERROR', 'wechat_pay'),
  refusal('F-29', 403, 'NO_AUTH', 'wechat_pay'),
  refusal('F-29', 401, 'SIGN_ERROR', 'wechat_pay'),
  refusal('F-29', 429, 'FREQUENCY_LIMITED', 'wechat_pay'),
  refusal('F-29', 500, 'SYSTEM_ERROR', 'wechat_pay'),
  refusal('F-29', 403, 'NOT_ENOUGH', 'wechat_pay'),
  refusal('F-29', 400, 'ERROR_OF_TOMORROW', 'wechat_pay'),
  refusal('F-34', 400, 'ORDER_PAID', 'wechat_pay'),
  refusal('F-34', 400, 'ORDER_CLOSED', 'wechat_pay'),
  refusal('F-34', 403, 'OUT_TRADE_NO_USED', 'wechat_pay'),
  refusal('F-29', 200, 'ACQ.SYSTEM_ERROR', 'alipay'),
  refusal('F-29', 200, 'ACQ.INVALID_PARAMETER', 'alipay'),
  refusal('F-29', 200, 'ACQ.SELLER_BALANCE_NOT_ENOUGH', 'alipay'),
  refusal('F-29', 200, 'ACQ.ERROR_OF_TOMORROW', 'alipay'),
];

/** A mixture for many checkouts: each kind at its share of the calls, drawn by the seed. */
export function weather(share: number): readonly FaultRule[] {
  const at = (operation: Operation, phase: FaultRule['phase'], action: FaultRule['action'], more = {}): FaultRule =>
    rule({ operation }, phase, action, { probability: share, ...more });
  return [
    at('order', 'before', 'reset'),
    at('order', 'after', 'reset'),
    at('order', 'after', 'status', { status: 500 }),
    at('order', 'after', 'cut', { bytes: 20 }),
    at('order', 'after', 'bad_signature'),
    at('query', 'before', 'reset'),
    at('query', 'after', 'no_signature'),
    at('query', 'after', 'wrong_amount'),
    at('close', 'before', 'reset'),
    at('close', 'after', 'reset'),
    at('refund', 'before', 'reset'),
    at('refund', 'after', 'reset'),
    at('refund', 'after', 'status', { status: 500 }),
    at('refund_query', 'after', 'reset'),
    at('notification', 'before', 'drop', { probability: Math.min(1, share * 4) }),
    at('notification', 'before', 'duplicate', { probability: Math.min(1, share * 4) }),
    at('notification', 'before', 'lag', { ms: 3_000, probability: Math.min(1, share * 4) }),
    at('notification', 'before', 'reorder'),
    at('notification', 'before', 'bad_signature'),
  ];
}
