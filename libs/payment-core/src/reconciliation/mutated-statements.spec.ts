import fc from 'fast-check';
import { money, type BilledPayment, type BilledRefund, type BillLine } from '@hutong/payment-port';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { daysAfter } from './beijing-day.js';
import { reconcileDay } from './reconcile-day.js';
import { lineFor, openWireShop, refundLine, type Known, type WireShop } from './test-wire.js';

let shop: WireShop;
beforeAll(async () => {
  shop = await openWireShop();
});
afterAll(() => shop.close());

/** What may be wrong with a statement about one paid order, and what is to be found then. */
const INJURIES = {
  none: [],
  missing_row: ['payment missing_there'],
  extra_row: ['payment foreign'],
  one_fen_more: ['payment amount'],
  one_fen_less: ['payment amount'],
  listed_twice: ['payment duplicate'],
  unknown_here: ['payment missing_here'],
  refund_missing_row: ['refund missing_there'],
  refund_one_fen_more: ['refund amount'],
  refund_other_state: ['refund state'],
  refund_listed_twice: ['refund duplicate'],
  refund_unknown_here: ['refund missing_here'],
  refund_without_payment: ['refund refund_without_payment'],
  stranger_refunded: ['refund foreign'],
} as const satisfies Record<string, readonly string[]>;

type Injury = keyof typeof INJURIES;

interface Order {
  readonly injury: Injury;
  /** Of the day; up to 23:00, where a day answers for itself. */
  readonly second: number;
  readonly amount: number;
}

const anOrder: fc.Arbitrary<Order> = fc.record({
  injury: fc.constantFrom(...(Object.keys(INJURIES) as Injury[])),
  second: fc.nat({ max: 22 * 3_600 }),
  amount: fc.integer({ min: 300, max: 10_000_000 }),
});

/** Makes the order on both sides, and answers the lines that the injured statement has for it. */
async function linesOf({ injury, second, amount }: Order, date: string): Promise<readonly BillLine[]> {
  const at = new Date(Date.parse(`${date}T00:00:00+08:00`) + second * 1_000);
  const later = new Date(at.getTime() + 60_000);
  if (injury === 'unknown_here' || injury === 'refund_without_payment') {
    const { attempt } = await shop.order(at, amount);
    const line = lineFor(attempt, at, amount);
    return injury === 'unknown_here' ? [line] : [refundLine(line, `console-${line.providerReference}`, later)];
  }
  const known = await shop.paid(at, amount);
  if (injury.startsWith('refund')) return refundLines(injury, known, later);
  return paymentLines(injury, known.line, later);
}

function paymentLines(injury: Injury, line: BilledPayment, later: Date): readonly BillLine[] {
  const stranger = lineFor({ reference: `stranger-${line.reference.slice(-20)}` }, later);
  switch (injury) {
    case 'missing_row':
      return [];
    case 'extra_row':
      return [line, stranger];
    case 'one_fen_more':
      return [{ ...line, amount: money(line.amount.amount + 1) }];
    case 'one_fen_less':
      return [{ ...line, amount: money(line.amount.amount - 1) }];
    case 'listed_twice':
      return [line, line];
    case 'stranger_refunded':
      return [line, refundLine(stranger, 'stranger-1', later)];
    default:
      return [line];
  }
}

async function refundLines(injury: Injury, known: Known, later: Date): Promise<readonly BillLine[]> {
  const { line } = await shop.refunded(known, later);
  const unknown: BilledRefund = { ...line, refundReference: `console-${line.refundReference}` };
  const lines: Partial<Record<Injury, readonly BillLine[]>> = {
    refund_missing_row: [],
    refund_one_fen_more: [{ ...line, amount: money(101) }],
    refund_other_state: [{ ...line, state: 'failed' }],
    refund_listed_twice: [line, line],
    refund_unknown_here: [line, unknown],
  };
  return [known.line, ...lines[injury]!];
}

async function foundOn(date: string): Promise<readonly string[]> {
  const { run } = await shop.day(date);
  const differences = await shop.differences(date);
  return differences.filter((it) => it.run === run).map(({ subject, kind }) => `${subject} ${kind}`);
}

let days = 0;

it(
  'every injected difference is found once, none is invented, and matches and differences come to the statement',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anOrder, { maxLength: 12 }), fc.nat(), async (orders, shuffle) => {
        const date = daysAfter('2026-04-01', 2 * days++);
        const lines: BillLine[] = [];
        for (const order of orders) lines.push(...(await linesOf(order, date)));
        const bill = rotated(lines, shuffle);
        shop.publish(date, bill);
        shop.clock.now = new Date(Date.parse(`${daysAfter(date, 1)}T11:00:00+08:00`));
        const expected = orders.flatMap(({ injury }) => INJURIES[injury] as readonly string[]).toSorted();
        const reviews = () => shop.database.client.event.count({ where: { type: { endsWith: 'needs_review' } } });
        // What happened just after midnight is only decided beside the statement of the day before.
        shop.publish(daysAfter(date, -1), []);
        await reconcileDay(shop.core, { account: shop.account, date: daysAfter(date, -1) });
        await reconcileDay(shop.core, { account: shop.account, date });
        expect((await foundOn(date)).toSorted()).toEqual(expected);
        const told = await reviews();
        await reconcileDay(shop.core, { account: shop.account, date });
        expect((await foundOn(date)).toSorted()).toEqual(expected);
        expect(await reviews()).toBe(told);
        await expectSums(date, bill);
      }),
      { numRuns: 40 },
    );
  },
);

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const cut = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(cut), ...items.slice(0, cut)];
}

/** Added up here once more, the plain way. */
async function expectSums(date: string, bill: readonly BillLine[]): Promise<void> {
  const { tally } = await shop.day(date);
  const of = (type: 'payment' | 'refund') => bill.filter((line) => line.type === type);
  const fen = (lines: readonly BillLine[]) => BigInt(lines.reduce((sum, line) => sum + line.amount.amount, 0));
  const { statement, matched, differences, in_flight } = tally!;
  for (const [name, type] of [
    ['payments', 'payment'],
    ['refunds', 'refund'],
  ] as const) {
    expect(statement[name]).toEqual({ count: of(type).length, amount: fen(of(type)) });
    expect(matched[name].amount + differences[name].amount + in_flight[name].amount).toBe(statement[name].amount);
    expect(matched[name].count + differences[name].count + in_flight[name].count).toBe(statement[name].count);
  }
  expect(matched.fees + differences.fees + in_flight.fees).toBe(statement.fees);
}
