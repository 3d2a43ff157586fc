import type { SnapshotState } from '@hutong/payment-port';

/**
 * A provider's states in our words. The key is state × evidence, because one of their words may mean two things
 * (Alipay's TRADE_CLOSED is *closed* without a payment date and *refunded* with one). Declared with `satisfies`, so that
 * a missing cell does not compile:
 *
 *     const STATES = { NOTPAY: { unpaid: 'awaiting_payer', paid: 'unlisted' } } satisfies StateTable<TradeState, Evidence>
 *
 * `unlisted` marks a combination that the provider never documented; it is unknown, never failed.
 */
export type StateTable<Theirs extends string, Evidence extends string> = Readonly<
  Record<Theirs, Readonly<Record<Evidence, SnapshotState | 'unlisted'>>>
>;

/** Looks a state up; a value that the table does not list is `unlisted`. */
export function readState<Theirs extends string, Evidence extends string>(
  table: StateTable<Theirs, Evidence>,
  state: string,
  evidence: Evidence,
): SnapshotState | 'unlisted' {
  return Object.hasOwn(table, state) ? table[state as Theirs][evidence] : 'unlisted';
}
