import type { SandboxClock } from '../frame/sandbox-clock.js';
import { UNPAID_FOR_MS } from './order-life.js';
import type { WechatTrade } from './order.js';

/**
 * Unpaid orders close by themselves after seven days, or at their own later expiry. Orders are many and mostly paid, so the
 * clock has one job for all that end within a second; those still unpaid then get a job each for their own moment.
 */
export class ForgottenOrders {
  private readonly ending = new Map<number, WechatTrade[]>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly close: (trade: WechatTrade) => void,
  ) {}

  watch(trade: WechatTrade): void {
    const second = Math.floor(endOf(trade) / 1_000);
    const known = this.ending.get(second);
    if (known !== undefined) return void known.push(trade);
    this.ending.set(second, [trade]);
    this.clock.schedule(new Date(second * 1_000), () => this.timeThoseOf(second));
  }

  private timeThoseOf(second: number): void {
    const unpaid = (this.ending.get(second) ?? []).filter(({ paidAt }) => paidAt === undefined);
    this.ending.delete(second);
    for (const trade of unpaid) this.clock.schedule(new Date(endOf(trade)), () => this.closeUnpaid(trade));
  }

  private closeUnpaid(trade: WechatTrade): void {
    if (trade.paidAt === undefined) this.close(trade);
  }
}

const endOf = ({ createdAt, expiresAt }: WechatTrade): number =>
  Math.max(createdAt.getTime() + UNPAID_FOR_MS, expiresAt?.getTime() ?? 0);
