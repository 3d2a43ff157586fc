import { ControlError } from './control-error.js';
import type { Outcomes } from './outcomes.js';
import { InsufficientFunds } from './payers.js';
import type { Provider } from './provider.js';
import type { Trade } from './trade.js';
import type { PayCommand, PayResult, Wire } from './wire.js';

/** Where payers confirm, whichever wallet they hold: the same rules for control calls and for pages. */
export class Cashier {
  private readonly wires = new Map<Provider, Wire>();

  constructor(private readonly outcomes: Outcomes) {}

  connect(provider: Provider, wire: Wire): void {
    this.wires.set(provider, wire);
  }

  /** Without a `result` the order's own outcome is taken. @returns what came of it; an empty wallet is `insufficient_funds`. @throws ControlError 409 when it can't be paid */
  async pay(trade: Trade, command: Partial<PayCommand> = {}): Promise<PayResult> {
    const { payer, force = false } = command;
    if (!force) refuseUnpayable(trade);
    const result = command.result ?? (force ? 'success' : this.outcomes.of(trade));
    try {
      await this.wireOf(trade).pay(trade, { payer, result, force });
      if (result === 'password_first') this.outcomes.passwordAsked(trade);
      return result;
    } catch (cause) {
      if (cause instanceof InsufficientFunds) return 'insufficient_funds';
      throw cause;
    }
  }

  private wireOf(trade: Trade): Wire {
    const wire = this.wires.get(trade.provider);
    if (wire === undefined) throw new Error(`No wire ${trade.provider}.`);
    return wire;
  }
}

function refuseUnpayable(trade: Trade): void {
  if (trade.state === 'not_opened' || trade.state === 'awaiting_payer') return;
  const why = trade.state === 'closed' ? 'is closed' : 'is paid already';
  throw new ControlError(409, `Trade ${trade.id} ${why}. With "force": true the payer had confirmed just before.`);
}
