import type { PayerWallet } from './payers.js';
import type { Trade } from './trade.js';

/** Somebody as one wallet knows them, and the app that knows them by this id where ids are not global. */
export type PayerId = Pick<PayerWallet, 'id' | 'audience'>;

/** What the payer's phone asks a wire. Trades are those of the wire's own book; nothing here moves money. */
export interface PhoneSide {
  /** Every id that a person (a name like `payer-1`, or an id) has here: one, or one under each app. */
  idsOf(payer: string): readonly PayerId[];
  /** The names that people came by, where the wire remembers them. */
  names(): readonly string[];
  /** Whose order it is, when its merchant said so: nobody else may pay it. */
  boundTo(trade: Trade): string | undefined;
  /** Who would pay this trade when it is in that person's hands, and nobody else's order. */
  idFor(trade: Trade, payer: string): PayerId;
  /** A till made it from a code on the payer's screen. */
  fromPayerCode(trade: Trade): boolean;
  /** What the merchant's query of it is answered now, in the wire's own words. */
  queried(trade: Trade): string;
}
