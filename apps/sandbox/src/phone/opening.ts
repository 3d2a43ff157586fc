import { openInWallet, openWhereKnown } from '../control/open-in-wallet.js';
import type { NextAction } from '../frame/next-action.js';
import type { Trade } from '../frame/trade.js';
import type { ConnectedWire } from '../frame/wire.js';
import type { People } from './people.js';

/** On whose phone, and from which web page. */
export interface Opening {
  readonly payer: string;
  readonly pageUrl?: string | undefined;
}

/** The phone's `POST /__sandbox/open`. */
export class Opener {
  constructor(
    private readonly wires: readonly ConnectedWire[],
    private readonly people: People,
  ) {}

  /**
   * Looking comes before taking: an order that is bound to somebody (JSAPI) is opened as theirs, every other one as the
   * chosen user's, who keeps it from then on where the wallet says so. @throws ControlError in the wallet's words
   */
  async open(action: NextAction, opening: Opening): Promise<Trade> {
    return this.take(await openInWallet(this.wires, action, undefined, opening.pageUrl), action, opening);
  }

  /** The first reading that is a wallet's; undefined when none is. @throws ControlError when that wallet refuses */
  async firstKnown(actions: readonly NextAction[], opening: Opening): Promise<Trade | undefined> {
    for (const action of actions) {
      const seen = await openWhereKnown(this.wires, action, undefined, opening.pageUrl);
      if (seen !== undefined) return this.take(seen, action, opening);
    }
    return undefined;
  }

  private take(seen: Trade, action: NextAction, { payer, pageUrl }: Opening): Promise<Trade> {
    return openInWallet(this.wires, action, this.people.payerOf(seen, payer).id, pageUrl);
  }
}
