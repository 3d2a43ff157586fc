import type { LedgerLine, Violation } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import type { CheckConfiguration } from '../check-configuration.js';
import { check } from '../commands/check.js';
import { comparedWith, type Books } from './sandbox-books.js';

const LINE: LedgerLine = {
  reference: 'att_1',
  provider: 'alipay',
  paymentId: 'pay_1',
  status: 'paid',
  captured: 1_299,
  refunds: [{ reference: 'ref_1', amount: 100, status: 'succeeded' }],
};
const TRADE = { provider: 'alipay', reference: 'att_1', amount: 1_299, refunded: 100, paid_at: '2026-03-01T08:00:00Z' };
const REFUND = { provider: 'alipay', trade: 'att_1', reference: 'ref_1', amount: 100, state: 'succeeded' };
const BOOKS: Books = { trades: [TRADE], refunds: [REFUND] };

/** A source of so many violations of its one invariant, and of these lines, handed out in pages as the real one does. */
function source(count: number, lines: readonly LedgerLine[] = [LINE]): CheckConfiguration {
  const all = Array.from({ length: count }, (_, at): Violation => ({
    id: `pay_${String(at).padStart(5, '0')}`,
    detail: 'no',
  }));
  return {
    listInvariants: async () => [{ id: 'I-03', sentence: 'One.' }],
    findViolations: async (_, { after, limit }) => all.filter(({ id }) => id > after).slice(0, limit),
    ledger: async ({ after, limit }) => lines.filter(({ reference }) => reference > after).slice(0, limit),
  };
}

async function told(of: CheckConfiguration, options = {}, books?: Books) {
  const lines: string[] = [];
  const sum = await check(of, options, (line) => lines.push(line), books);
  return { lines, ...sum };
}

async function compared(lines: readonly LedgerLine[], books: Books): Promise<string[]> {
  const found: string[] = [];
  for await (const { invariant, detail } of comparedWith(books, source(0, lines))) found.push(`${invariant} ${detail}`);
  return found;
}

describe('hutong check', () => {
  it('says so when nothing breaks an invariant', async () => {
    expect(await told(source(0))).toEqual({ lines: ['1 invariants: nothing breaks them'], looked: 1, found: 0 });
  });

  it('prints every violation once, page after page', async () => {
    const { lines, found } = await told(source(1_203));
    expect(found).toBe(1_203);
    expect(new Set(lines).size).toBe(1_204);
    expect(lines[0]).toBe('I-03  pay_00000  no');
    expect(lines.at(-1)).toBe('1 invariants: 1203 violations');
  });

  it('prints JSON and nothing else where it is asked to', async () => {
    const { lines } = await told(source(2), { json: true });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { invariant: 'I-03', id: 'pay_00000', detail: 'no' },
      { invariant: 'I-03', id: 'pay_00001', detail: 'no' },
    ]);
  });

  it('counts what differs from the books as a violation', async () => {
    expect(await told(source(0), {}, BOOKS)).toMatchObject({ found: 0 });
    expect(await told(source(0), {}, { trades: [], refunds: [] })).toMatchObject({ found: 2 });
  });
});

describe("the sandbox's books", () => {
  it('agree to the fen', async () => {
    expect(await compared([LINE], BOOKS)).toEqual([]);
    expect(await compared([{ ...LINE, captured: 1_298 }], BOOKS)).toEqual([
      'I-01 1298 fen came in here, 1299 at alipay',
    ]);
  });

  it('know money that we call failed', async () => {
    const failed = { ...LINE, status: 'failed', captured: 0, refunds: [] };
    expect(await compared([failed], { trades: [{ ...TRADE, refunded: 0 }], refunds: [] })).toEqual([
      'I-10 failed here, and 1299 fen were paid at alipay',
    ]);
  });

  it('know money that came back, and money that did not', async () => {
    expect(await compared([LINE], { ...BOOKS, trades: [{ ...TRADE, refunded: 0 }] })).toEqual([
      'I-01 100 fen went back here, 0 at alipay',
    ]);
  });

  it('have one refund for each number of ours, and none under another', async () => {
    expect(await compared([LINE], { ...BOOKS, refunds: [REFUND, REFUND] })).toEqual([
      'I-07 alipay has refund ref_1 2 times',
    ]);
    expect(await compared([LINE], { ...BOOKS, refunds: [{ ...REFUND, reference: 'ref_2' }] })).toEqual([
      'I-07 alipay has refund ref_2, which is not ours',
    ]);
  });
});
