import type { Provider } from './provider.js';

/** What an exchange is about, in the same words on every wire. */
export const FAULT_OPERATIONS = [
  'order',
  'query',
  'close',
  'refund',
  'refund_query',
  'notification',
  'bill',
  'certificates',
  'oauth',
] as const;

export type FaultOperation = (typeof FAULT_OPERATIONS)[number];

/** Done by the frame to any answer. `hang` and `reset` never answer; `cut` stops after `bytes` of the body. */
export const ANSWER_ACTIONS = ['delay', 'hang', 'reset', 'cut', 'status', 'error'] as const;

/** Done by the notifier. */
export const NOTIFICATION_ACTIONS = ['drop', 'duplicate', 'lag', 'reorder'] as const;

/** Done to a body before it is signed, of answers and notifications alike. */
export const SPOILINGS = ['malformed', 'oversize', 'wrong_amount'] as const;

/** What states an amount on every wire; elsewhere `wrong_amount` would change nothing. */
export const WITH_AMOUNT: readonly FaultOperation[] = ['query', 'refund', 'refund_query', 'notification'];

/** Done by a wire's own signer, to answers and notifications alike; a wire says which of them it can. */
export const TAMPERINGS = [
  'bad_signature',
  'no_signature',
  'stale_timestamp',
  'wrong_serial',
  'wrong_key',
  'signtest',
] as const;

export type Tampering = (typeof TAMPERINGS)[number];
export type Spoiling = (typeof SPOILINGS)[number];
export type FaultAction =
  (typeof ANSWER_ACTIONS)[number] | (typeof NOTIFICATION_ACTIONS)[number] | Spoiling | Tampering;

/** What to spoil in a signature; usually empty. */
export type Tamperings = ReadonlySet<Tampering>;

export const UNTAMPERED: Tamperings = new Set();

export interface FaultRule {
  readonly match: {
    readonly provider?: Provider;
    readonly operation?: FaultOperation;
    /** out_trade_no, or a refund's own number. */
    readonly reference?: string;
    /** 1 = the first call that fits the rest of the match. */
    readonly nth?: number;
  };
  /** `before` the operation takes effect, or `after` its effect is committed. Signatures are spoiled after it either way. */
  readonly phase: 'before' | 'after';
  readonly action: FaultAction;
  /** How many times it fires; without it, each time (once, when `nth` is given). */
  readonly times?: number;
  /** Above 0 up to 1: it fires at this share of the calls that it would fire at, drawn by the plan's seed. */
  readonly probability?: number;
  readonly ms?: number;
  readonly status?: number;
  readonly code?: string;
  readonly bytes?: number;
}

/** What a wire lets the fault rules reach. */
export interface WireFaults {
  readonly operations: readonly FaultOperation[];
  readonly tamperings: readonly Tampering[];
  /** Operations whose answers bear no signature that could be spoiled. */
  readonly unsigned?: readonly FaultOperation[];
  /** The same message (JSON, as written before encryption or envelope) with other amounts in it; absent: no `wrong_amount`. */
  otherAmount?(json: string): string;
}

export const isTampering = (action: string): action is Tampering => TAMPERINGS.some((known) => known === action);
