import type { SandboxClock } from '../frame/sandbox-clock.js';
import type { AlipayTrade } from './alipay-trade.js';
import type { Closing } from './closing.js';

/** Closes trades that nobody paid in time. One job per second on the clock, however many trades end in it. */
export class Expiries {
  private readonly ending = new Map<number, AlipayTrade[]>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly closing: Closing,
  ) {}

  /** At `trade.expiresAt`, which is a whole second; a trade without one never ends. */
  watch(trade: AlipayTrade): void {
    const at = trade.expiresAt?.getTime();
    if (at === undefined) return;
    const known = this.ending.get(at);
    if (known !== undefined) return void known.push(trade);
    this.ending.set(at, [trade]);
    this.clock.schedule(new Date(at), () => this.end(at));
  }

  private end(at: number): void {
    const trades = this.ending.get(at) ?? [];
    this.ending.delete(at);
    for (const trade of trades) if (trade.state === 'awaiting_payer') this.closing.close(trade);
  }
}
