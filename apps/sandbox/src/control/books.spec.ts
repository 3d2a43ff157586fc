import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeOn } from '../frame/fee.js';
import { Payers } from '../frame/payers.js';
import { SandboxClock } from '../frame/sandbox-clock.js';
import { Trades } from '../frame/trades.js';
import { books } from './books.js';

interface Shown {
  readonly trades: readonly { readonly fee: number; readonly net: number }[];
  readonly refunds: readonly { readonly state: string; readonly fee: number; readonly net: number }[];
  readonly totals: readonly { readonly fee: number; readonly net: number }[];
  readonly payers: readonly { readonly balance: number }[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);

/** One payment, and parts of it asked back: each part settles, fails or stays under way. */
const payment = fc.record({
  amount: fc.integer({ min: 1, max: 300_000 }),
  payer: fc.constantFrom('a', 'b'),
  parts: fc.array(
    fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), end: fc.constantFrom('settle', 'fail', 'wait') }),
    { maxLength: 6 },
  ),
  /** Asks for all that is left in the end. */
  empty: fc.boolean(),
});

function ledger() {
  const [payers, clock] = [new Payers(), new SandboxClock()];
  const trades = new Trades(payers, clock);
  const book = trades.book<undefined, undefined>('wallet');
  const shown = () => books({ payers, trades }) as unknown as Shown;
  return { payers, book, shown };
}

const ORDER = { account: 'shop', product: 'page', description: 'rice', wire: undefined };

describe('the books', () => {
  it('neither make nor lose a fen: payers, merchants and fees add up to what payers were given', () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 5 }), (payments) => {
        const { payers, book, shown } = ledger();
        payments.forEach(({ amount, payer, parts, empty }, index) => {
          const trade = book.open({ ...ORDER, reference: `${index}`, amount });
          const wallet = payers.wallet('wallet', payer);
          if (wallet.balance < amount) return;
          book.pay(trade, wallet, `p${index}`);
          const take = (refund: number, end: string): void => {
            if (refund < 1) return;
            const id = `${index} ${trade.refunds.length}`;
            const wish = { reference: id, providerReference: id, amount: refund, wire: undefined };
            const accepted = book.acceptRefund(trade, wish);
            if (end === 'settle') book.settleRefund(trade, accepted);
            if (end === 'fail') book.failRefund(accepted);
          };
          for (const { share, end } of parts) take(Math.floor(share * book.refundable(trade)), end);
          if (empty) take(book.refundable(trade), 'settle');
        });
        const { trades, totals, payers: wallets } = shown();
        expect(sum(wallets.map(({ balance }) => balance)) + sum(totals.map(({ net, fee }) => net + fee))).toBe(
          1_000_000 * wallets.length,
        );
        expect(sum(totals.map(({ net }) => net))).toBe(sum(trades.map(({ net }) => net)));
        expect(Math.min(0, ...trades.map(({ fee }) => fee))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('bring all of the fee back with a full refund, in however many parts', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(parts, (amounts) => {
        const { payers, book, shown } = ledger();
        const amount = sum(amounts);
        const trade = book.open({ ...ORDER, reference: '1', amount });
        book.pay(trade, payers.wallet('wallet', 'a'), 'p1');
        expect(shown().totals).toMatchObject([{ fee: feeOn(amount), net: amount - feeOn(amount) }]);
        amounts.forEach((part, index) => {
          const wish = { reference: `${index}`, providerReference: `r${index}`, amount: part, wire: undefined };
          book.settleRefund(trade, book.acceptRefund(trade, wish));
        });
        const { totals, refunds } = shown();
        expect(totals).toMatchObject([{ paid: amount, refunded: amount, fee: 0, net: 0 }]);
        expect(sum(refunds.map(({ fee }) => fee))).toBe(feeOn(amount));
        expect(sum(refunds.map(({ net }) => net))).toBe(amount - feeOn(amount));
      }),
      { numRuns: 200 },
    );
  });

  it('bring nothing back with a refund that fails, and its share with the next one', () => {
    const { payers, book, shown } = ledger();
    const trade = book.open({ ...ORDER, reference: '1', amount: 10_000 });
    book.pay(trade, payers.wallet('wallet', 'a'), 'p1');
    const wish = { reference: 'r1', providerReference: 'r1', amount: 5_000, wire: undefined };
    book.failRefund(book.acceptRefund(trade, wish));
    expect(shown().totals).toMatchObject([{ fee: 60, net: 9_940 }]);
    book.settleRefund(trade, book.acceptRefund(trade, { ...wish, reference: 'r2' }));
    expect(shown()).toMatchObject({
      totals: [{ paid: 10_000, refunded: 5_000, fee: 30, net: 4_970 }],
      refunds: [{ state: 'failed' }, { state: 'succeeded', fee: 30, net: 4_970 }],
    });
  });
});
