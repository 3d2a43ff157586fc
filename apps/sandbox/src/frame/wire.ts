import type { FastifyInstance } from 'fastify';
import type { AccountRecord, WireAccounts } from './accounts.js';
import type { WireFaults } from './fault-rule.js';
import type { Frame } from './frame.js';
import type { NextAction } from './next-action.js';
import type { NotificationPlan } from './notifier.js';
import type { PhoneSide } from './phone-side.js';
import type { Provider } from './provider.js';
import type { Trade } from './trade.js';

export const PAY_RESULTS = ['success', 'declined', 'insufficient_funds', 'password_first', 'cancelled'] as const;

/** What happens when the payer confirms. Anything but `success` leaves the trade awaiting its payer. */
export type PayResult = (typeof PAY_RESULTS)[number];

export const REFUND_RESULTS = ['success', 'abnormal', 'closed'] as const;

/** What comes of an accepted refund: it arrives, it can't arrive the way it went, or it never left. */
export type RefundResult = (typeof REFUND_RESULTS)[number];

export interface PayCommand {
  /** A literal wallet id, or a name like `payer-1` that the wire turns into one; absent: the order's own, or `payer-1`. */
  readonly payer: string | undefined;
  readonly result: PayResult;
  /** The payer had confirmed just before a close (or the expiry) arrived: it is paid, and notified, nevertheless. */
  readonly force: boolean;
}

/** Which code a payer shows to a merchant's scanner. */
export interface PayerCodeWish {
  /** As in `PayCommand`. */
  readonly payer: string | undefined;
  /** The wallet will ask for the password before it pays, whatever the amount. */
  readonly passwordFirst: boolean;
}

/** A wire that is connected to one sandbox. */
export interface Wire<A extends AccountRecord = AccountRecord> {
  readonly accounts: WireAccounts<A>;
  readonly faults: WireFaults;
  /** Adds the wire's routes; bodies arrive as raw `Buffer`s. `scope` is the wire's own: its hooks stay in it. */
  register(scope: FastifyInstance): void | Promise<void>;
  /**
   * What the payer's device would do with `action`, undefined when it is not this wallet's. `pageUrl`: the web page that
   * it happens on, for wallets that ask.
   * @throws ControlError 4xx when the wallet would refuse (client-side signature, expiry, another payer)
   */
  open(
    action: NextAction,
    payer: string | undefined,
    pageUrl?: string | undefined,
  ): Trade | undefined | Promise<Trade | undefined>;
  /**
   * The payer decides; called by the cashier, which has refused closed and paid trades unless `force`. Opens what is not
   * opened, moves the money and starts the notification. @throws ControlError, InsufficientFunds
   */
  pay(trade: Trade, command: PayCommand): void | Promise<void>;
  /** What the payer's phone asks about people and orders. */
  readonly phone: PhoneSide;
  /** Ends the refund of that number now; absent where refunds are done at once. @throws ControlError 404, 409 */
  settleRefund?(trade: Trade, reference: string, result: RefundResult): void;
  /** What a snapshot keeps of it beside its trades, as JSON with Dates; absent: nothing. */
  remembered?(): unknown;
  /** `remembered` of before (undefined when there is none), once its trades are back: times again what was timed. */
  remember?(state: unknown): void;
  /** The plan of a notification from its `memo`. */
  notification?(memo: unknown): NotificationPlan;
  /** The code on the payer's screen, good for one payment; absent where merchants scan no payers. */
  payerCode?(wish: PayerCodeWish): string;
}

/** With the name it was composed under. */
export type ConnectedWire = Wire & { readonly provider: Provider };

/** One wire in the composition (`wires.ts`). Everything it remembers lives in what `connect` returns. */
export interface WireDefinition {
  readonly provider: Provider;
  connect(frame: Frame): Wire | Promise<Wire>;
}
