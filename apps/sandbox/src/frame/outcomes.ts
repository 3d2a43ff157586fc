import type { Batch, Trade } from './trade.js';
import { PAY_RESULTS, type PayResult } from './wire.js';

/** On an order call: what its payer will do. */
export const OUTCOME_HEADER = 'Sandbox-Outcome';

/** One line of the table. */
export interface OutcomeRule {
  readonly result: PayResult;
  /** Value of the header. */
  readonly header: PayResult;
  /** Orders whose number begins so; null: no number says it, it is what happens anyway. */
  readonly reference_prefix: string | null;
  /** Fen. Nothing else in the band ¥7,777.00 to ¥7,777.99 means anything. */
  readonly amount: number | null;
}

/** The whole table; what is not in it is paid. */
export const OUTCOME_RULES: readonly OutcomeRule[] = [
  { result: 'success', header: 'success', reference_prefix: null, amount: null },
  { result: 'declined', header: 'declined', reference_prefix: 'decline_', amount: 777_701 },
  { result: 'insufficient_funds', header: 'insufficient_funds', reference_prefix: 'nofunds_', amount: 777_702 },
  { result: 'password_first', header: 'password_first', reference_prefix: 'password_', amount: 777_703 },
  { result: 'cancelled', header: 'cancelled', reference_prefix: 'cancel_', amount: 777_704 },
];

/** The outcome that a header's value names; undefined: no such value. */
export function outcomeNamed(value: string): PayResult | undefined {
  return PAY_RESULTS.find((result) => result === value);
}

/** As a snapshot keeps it. */
export interface OutcomesState {
  readonly ordered: readonly (readonly [key: string, result: PayResult])[];
  readonly asked: readonly string[];
}

type Numbers = Pick<Trade, 'provider' | 'account' | 'reference'>;

/** What is decided about: a batch is paid as one order. */
const decidedFor = (trade: Trade): Trade | Batch => trade.batch ?? trade;

/**
 * What payers do by themselves, told by the order and by nothing else: its header first, then the beginning of its
 * number, then its amount. Only where nobody decides (`result` of the control call, `force`) is it asked.
 */
export class Outcomes {
  private readonly ordered = new Map<string, PayResult>();
  /** Ids of trades, keys of batches. */
  private readonly asked = new Set<string>();

  /** The last verified order call that carries the header counts. */
  order(numbers: Numbers, result: PayResult): void {
    this.ordered.set(keyOf(numbers), result);
  }

  /** What comes of it when the payer confirms now. A password is asked for once: the next confirmation has typed it. */
  of(trade: Trade): PayResult {
    const order = decidedFor(trade);
    const result = this.ordered.get(keyOf(order)) ?? byTable(order);
    return result === 'password_first' && this.asked.has(askedOf(trade)) ? 'success' : result;
  }

  passwordAsked(trade: Trade): void {
    this.asked.add(askedOf(trade));
  }

  state(): OutcomesState {
    return { ordered: [...this.ordered], asked: [...this.asked] };
  }

  restore({ ordered, asked }: OutcomesState): void {
    for (const [key, result] of ordered) this.ordered.set(key, result);
    for (const one of asked) this.asked.add(one);
  }
}

function byTable({ reference, amount }: Trade | Batch): PayResult {
  const byNumber = OUTCOME_RULES.find(
    ({ reference_prefix: prefix }) => prefix !== null && reference.startsWith(prefix),
  );
  return (byNumber ?? OUTCOME_RULES.find((rule) => rule.amount === amount))?.result ?? 'success';
}

const keyOf = ({ provider, account, reference }: Numbers): string => `${provider} ${account} ${reference}`;

const askedOf = ({ id, batch }: Trade): string => (batch === undefined ? id : keyOf(batch));
