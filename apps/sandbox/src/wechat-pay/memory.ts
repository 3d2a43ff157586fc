import type { Trade } from '../frame/trade.js';
import type { Combination } from './combinations.js';
import type { WechatContext } from './context.js';
import { resumeRefunds } from './refund-settling.js';

/** What a snapshot keeps of this wire beside its trades. */
export interface WechatMemory {
  readonly payerCodes: ReturnType<WechatContext['payerCodes']['issued']>;
  readonly users: ReturnType<WechatContext['users']['named']>;
  readonly logins: ReturnType<WechatContext['logins']['state']>;
  readonly combinations: readonly KeptCombination[];
}

/** A combination, its trades by their numbers. */
type KeptCombination = Omit<Combination, 'trades'> & {
  readonly trades: readonly Pick<Trade, 'account' | 'reference'>[];
};

export const memoryOf = ({ payerCodes, users, logins, combinations }: WechatContext): WechatMemory => ({
  payerCodes: payerCodes.issued(),
  users: users.named(),
  logins: logins.state(),
  combinations: combinations.every().map(kept),
});

const kept = ({ trades, ...combination }: Combination): KeptCombination => ({
  ...combination,
  trades: trades.map(({ account, reference }) => ({ account, reference })),
});

/** Once the trades are back: what belongs to them, and what happens to them at its moment. */
export function recall(memory: WechatMemory | undefined, context: WechatContext): void {
  if (memory !== undefined) {
    context.payerCodes.restore(memory.payerCodes);
    context.users.restore(memory.users);
    context.logins.restore(memory.logins);
    for (const combination of memory.combinations) combineAgain(combination, context);
  }
  context.endings.resume(context.book.all());
  resumeRefunds(context);
}

function combineAgain({ trades, ...facts }: KeptCombination, { book, combinations }: WechatContext): void {
  const combination: Combination = { ...facts, trades: [] };
  for (const { account, reference } of trades) {
    const trade = book.find(account, reference);
    if (trade === undefined) continue;
    book.join(trade, combination);
    combination.trades.push(trade);
  }
  combinations.add(combination);
}
