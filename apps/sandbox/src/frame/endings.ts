import type { SandboxClock } from './sandbox-clock.js';
import type { Trade } from './trade.js';

/**
 * Trades end by themselves when nobody pays them in time. They are many and mostly paid, so the clock has one job for all
 * that end within a second; those still open then get a job each for their own moment.
 */
export class Endings<T extends Trade> {
  private readonly ending = new Map<number, T[]>();

  /** @param endOf when it ends, ms since 1970; undefined: never. Asked again when the second has come */
  constructor(
    private readonly clock: SandboxClock,
    private readonly endOf: (trade: T) => number | undefined,
    private readonly close: (trade: T) => void,
  ) {}

  watch(trade: T): void {
    const end = this.endOf(trade);
    if (end === undefined) return;
    const second = Math.floor(end / 1_000);
    const known = this.ending.get(second);
    if (known !== undefined) return void known.push(trade);
    this.ending.set(second, [trade]);
    this.clock.schedule(new Date(second * 1_000), () => this.timeThoseOf(second));
  }

  /** After a restart: whoever waits for a payer still ends, at once where the moment has passed. */
  resume(trades: readonly T[]): void {
    for (const trade of trades) if (trade.state === 'awaiting_payer') this.watch(trade);
  }

  private timeThoseOf(second: number): void {
    const trades = this.ending.get(second) ?? [];
    this.ending.delete(second);
    for (const trade of trades) {
      const end = trade.state === 'awaiting_payer' ? this.endOf(trade) : undefined;
      if (end !== undefined) this.clock.schedule(new Date(end), () => this.closeUnpaid(trade));
    }
  }

  private closeUnpaid(trade: T): void {
    if (trade.state === 'awaiting_payer') this.close(trade);
  }
}
