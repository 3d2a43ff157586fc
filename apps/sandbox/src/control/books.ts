import type { Frame } from '../frame/frame.js';
import { type MerchantMoney, merchantMoney } from '../frame/merchant-money.js';
import { type Trade, tradeView } from '../frame/trade.js';

type View = Readonly<Record<string, unknown>>;

/**
 * The sandbox's own ledger. All sums in fen. What payers have, what merchants have (`net`) and what wallets keep (`fee`)
 * add up to what payers were given.
 */
export function books(frame: Pick<Frame, 'trades' | 'payers'>): View {
  const trades = frame.trades.list();
  return {
    trades: trades.map((trade) => ({
      ...tradeView(trade),
      fee: merchantMoney(trade).fee,
      net: merchantMoney(trade).net,
    })),
    refunds: trades.flatMap((trade) => refundsOf(trade)),
    totals: totals(trades),
    payers: frame.payers.all().map(({ provider, id, audience, balance }) => ({
      provider,
      id,
      audience: audience ?? null,
      balance,
    })),
  };
}

/** `fee` comes back to the merchant; `net` is what the refund costs it. Nothing has moved before it has succeeded. */
function refundsOf(trade: Trade): readonly View[] {
  const shown = tradeView(trade)['refunds'] as readonly View[];
  return shown.map((view, index) => {
    const { amount, fee } = trade.refunds[index] as Trade['refunds'][number];
    const { provider, account, reference } = trade;
    return { provider, account, trade: reference, ...view, fee, net: amount - fee };
  });
}

/** Per account: what payers paid, what went back, what the wallet kept, what is left. */
function totals(trades: readonly Trade[]): readonly View[] {
  const accounts = Map.groupBy(trades, (trade) => `${trade.provider} ${trade.account}`);
  return [...accounts.values()].map((own) => {
    const { provider, account } = own[0] as Trade;
    return { provider, account, trades: own.length, ...sumOf(own.map(merchantMoney)) };
  });
}

const sumOf = (all: readonly MerchantMoney[]): MerchantMoney =>
  all.reduce((sum, one) => ({
    paid: sum.paid + one.paid,
    refunded: sum.refunded + one.refunded,
    fee: sum.fee + one.fee,
    net: sum.net + one.net,
  }));
