import type { Batch } from '../frame/trade.js';
import type { PrepayProduct, WechatTrade } from './order.js';

/** A combined order: sub orders of several merchants that one payment pays (protocol §3.7). */
export interface Combination extends Batch {
  readonly appid: string;
  readonly mchid: string;
  readonly product: PrepayProduct;
  /** Of the first call; a repetition must equal it. */
  readonly content: string;
  /** Of the sub orders' settlement alone: a repetition that differs there has words of its own. */
  readonly settlement: string;
  readonly deviceId: string | undefined;
  /** In the order of the body. */
  readonly trades: WechatTrade[];
}

/** All combined orders, by who placed them and their number. */
export class Combinations {
  private readonly all = new Map<string, Combination>();

  add(combination: Combination): void {
    this.all.set(keyOf(combination), combination);
  }

  find(account: string, reference: string): Combination | undefined {
    return this.all.get(keyOf({ account, reference }));
  }

  every(): readonly Combination[] {
    return [...this.all.values()];
  }

  /** The trades that are opened, paid and closed with this one; for most, only itself. */
  together(trade: WechatTrade): readonly WechatTrade[] {
    const combination = trade.batch && this.all.get(keyOf(trade.batch));
    return combination?.trades ?? [trade];
  }
}

const keyOf = ({ account, reference }: Pick<Batch, 'account' | 'reference'>): string => `${account} ${reference}`;
