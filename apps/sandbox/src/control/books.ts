import type { Frame } from '../frame/frame.js';
import { type Trade, tradeView } from '../frame/trade.js';

/** The sandbox's own ledger. All sums in fen. */
export function books(frame: Pick<Frame, 'trades' | 'payers'>): Readonly<Record<string, unknown>> {
  const trades = frame.trades.list();
  return {
    trades: trades.map(tradeView),
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

function refundsOf(trade: Trade): readonly Readonly<Record<string, unknown>>[] {
  const shown = tradeView(trade)['refunds'] as readonly Readonly<Record<string, unknown>>[];
  return shown.map((refund) => ({
    provider: trade.provider,
    account: trade.account,
    trade: trade.reference,
    ...refund,
  }));
}

/** Per account: what payers paid, what went back, what is left. */
function totals(trades: readonly Trade[]): readonly Readonly<Record<string, unknown>>[] {
  const accounts = new Set(trades.map(accountOf));
  return [...accounts].map((key) => {
    const own = trades.filter((trade) => accountOf(trade) === key);
    const paid = sum(own.filter((trade) => trade.paidAt !== undefined).map((trade) => trade.amount));
    const refunded = sum(own.map((trade) => trade.refunded));
    const { provider, account } = own[0] as Trade;
    return { provider, account, trades: own.length, paid, refunded, net: paid - refunded };
  });
}

const accountOf = (trade: Trade): string => `${trade.provider} ${trade.account}`;

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
