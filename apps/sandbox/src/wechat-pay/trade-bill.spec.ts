import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merchantMoney } from '../frame/merchant-money.js';
import { Payers } from '../frame/payers.js';
import { SandboxClock } from '../frame/sandbox-clock.js';
import { Trades } from '../frame/trades.js';
import { fundEvents, tradeEvents } from './bill-events.js';
import { billText, billWords, billYuan } from './bill-table.js';
import { balanceAfter, fundFlowBill } from './fund-flow-bill.js';
import type { WechatOrder, WechatRefund, WechatTrade } from './order.js';
import { tradeBill } from './trade-bill.js';

const WIRE = {
  product: 'native',
  appid: 'wx1',
  mchid: '1600000000',
  sub: undefined,
  content: '',
  attach: undefined,
  deviceId: undefined,
  payerIp: undefined,
  openid: undefined,
  takenBy: undefined,
  prepays: [],
  unpaid: 'NOTPAY',
  reversed: false,
} as const satisfies WechatOrder;

/** A day of everything. */
const DAY = { from: 0, until: Number.MAX_SAFE_INTEGER, madeAt: Number.MAX_SAFE_INTEGER };

/** Payments, each with settled refunds of so many of the fen that are left. */
function traded(payments: readonly { readonly amount: number; readonly parts: readonly number[] }[]): WechatTrade[] {
  const [payers, clock] = [new Payers(), new SandboxClock()];
  const book = new Trades(payers, clock).book<WechatOrder, WechatRefund>('wechat_pay');
  return payments.map(({ amount, parts }, index) => {
    const draft = { account: 'shop', reference: `no_${index}`, amount, product: 'native', description: 'rice' };
    const trade = book.open({ ...draft, wire: WIRE });
    book.pay(trade, payers.wallet('wechat_pay', `payer-${index}`), `42${index}`);
    parts.forEach((part, number) => {
      const left = Math.min(part, book.refundable(trade));
      if (left < 1) return;
      const id = `50${index}_${number}`;
      const wire = { content: '', notifyUrl: undefined } as WechatRefund;
      book.settleRefund(trade, book.acceptRefund(trade, { reference: id, providerReference: id, amount: left, wire }));
    });
    return trade;
  });
}

const payments = fc.array(
  fc.record({ amount: fc.integer({ min: 1, max: 900_000 }), parts: fc.array(fc.nat(300_000), { maxLength: 4 }) }),
  { minLength: 1, maxLength: 8 },
);

const fen = (yuan: string | undefined): number => Math.round(Number(yuan) * 100);

describe('the bills of a day', () => {
  it('add up: their sums are the sums of their rows, and their fees are those of the books', () => {
    fc.assert(
      fc.property(payments, (day) => {
        const trades = traded(day);
        const table = tradeBill(tradeEvents(trades, DAY), 'ALL', DAY);
        const rows = [...table.rows];
        const total = (column: string): number =>
          rows.reduce((sum, row) => sum + fen(row[table.columns.indexOf(column)]), 0);
        const columns = ['应结订单金额', '退款金额', '充值券退款金额', '手续费', '订单金额', '申请退款金额'];
        expect([rows.length, ...columns.map(total)]).toEqual(
          table.sums().map((cell, index) => (index === 0 ? Number(cell) : fen(cell))),
        );
        expect(total('手续费')).toBe(trades.reduce((sum, trade) => sum + merchantMoney(trade).fee, 0));
      }),
      { numRuns: 200 },
    );
  });

  it('end with the balance that the books give the merchant', () => {
    fc.assert(
      fc.property(payments, fc.integer({ min: 0, max: 1_000 }), (day, opening) => {
        const trades = traded(day);
        const events = fundEvents(trades, DAY);
        const { rows, columns } = fundFlowBill(events, opening);
        const net = trades.reduce((sum, trade) => sum + merchantMoney(trade).net, 0);
        expect(fen([...rows].at(-1)?.[columns.indexOf('账户结余(元)')])).toBe(opening + net);
        expect(balanceAfter(events)).toBe(net);
      }),
      { numRuns: 200 },
    );
  });

  it('stay whole whatever merchants write into them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (words) => {
        const rows = words.map((word) => [billWords(word), billYuan(1)]);
        const table = { columns: ['word', 'yuan'], rows, sumColumns: ['rows'], sums: () => [String(rows.length)] };
        const lines = [...billText(table)].join('').split('\r\n');
        expect(lines).toHaveLength(rows.length + 4);
        for (const line of lines.slice(1, -3)) expect(line.split(',`')).toHaveLength(2);
      }),
    );
  });

  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [-8, '-0.08'],
    [123_456, '1234.56'],
  ])('write %d fen as %s', (amount, yuan) => expect(billYuan(amount)).toBe(yuan));
});
