import { MAX_AMOUNT, money, REJECTION_REASONS, Rejected, type NextAction, type Product } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import { failureOf } from '../failure.js';
import type { Understood } from '../harness.js';
import type { Rule } from '../rule.js';
import { NOW, PREPARE } from '../specimens.js';

const ANSWERED_WITH: Readonly<Record<Product, readonly NextAction['type'][]>> = {
  app_sdk: ['invoke_sdk'],
  mini_program: ['invoke_sdk'],
  wallet_browser: ['invoke_sdk'],
  mobile_page: ['redirect'],
  desktop_page: ['redirect'],
  qr_code: ['show_qr_code'],
  payer_code: ['await_payer', 'none'],
};

/** Amounts whose yuan lose a fen as soon as a float touches them, and both ends of the range. */
const AMOUNTS = [1, 10, 29, 57, 113, 1_999, 101_010, 4_015_045, MAX_AMOUNT];

const DESCRIPTIONS = [
  '鲜'.repeat(300),
  'a'.repeat(300),
  '👩‍👩‍👧‍👦番茄🍅',
  '🍅🍅🍅',
  'a\u0000b\nc\u2028',
  '"<&>\'=+%',
  'x'.repeat(126) + '鲜',
];

async function understood(
  bench: Bench,
  product: Product,
  request: Parameters<Bench['prepare']>[1],
): Promise<Understood> {
  const action = await bench.prepare(product, request);
  return bench.wire.understand({ call: bench.calls.findLast(({ operation }) => operation === 'prepare'), action });
}

async function forEachProduct(
  subject: Subject,
  check: (bench: Bench, product: Product) => Promise<void>,
): Promise<void> {
  for (const product of new Bench(subject).products) await check(new Bench(subject), product);
}

export const prepareRules = [
  {
    id: 'prepare.action_fits',
    promise: 'answers each product with the next action that the product has',
    check: (subject) =>
      forEachProduct(subject, async (bench, product) => {
        const action = await bench.prepare(product);
        expect(ANSWERED_WITH[product], product).toContain(action.type);
        if (action.type === 'redirect') expect(action.url).toMatch(/^https?:\/\//);
        if (action.type === 'show_qr_code') expect(action.content).toMatch(/\S/);
      }),
  },
  {
    id: 'prepare.expiry',
    promise: 'never lets an action, or the order it stands for, outlive the payment',
    check: (subject) =>
      forEachProduct(subject, async (bench, product) => {
        for (const minutes of [2, 15, 90]) {
          const expiresAt = new Date(NOW.getTime() + minutes * 60_000 + 999);
          const action = await bench.prepare(product, { expiresAt });
          expect(action.expiresAt.getTime(), product).toBeLessThanOrEqual(expiresAt.getTime());
          expect(action.expiresAt.getTime(), product).toBeGreaterThan(NOW.getTime());
          const told = (await understood(bench, product, { expiresAt })).expiresAt;
          if (told !== undefined) expect(told.getTime(), product).toBeLessThanOrEqual(expiresAt.getTime());
        }
      }),
  },
  {
    id: 'prepare.understood',
    promise: 'asks for exactly the reference and the fen it was given, reported to the address it was given',
    check: (subject) =>
      forEachProduct(subject, async (bench, product) => {
        for (const fen of AMOUNTS) {
          const asked = await understood(bench, product, { amount: money(fen) });
          expect(asked, `${product} ${fen}`).toMatchObject({ reference: PREPARE.reference, amount: money(fen) });
          if (asked.notifyUrl !== undefined) expect(asked.notifyUrl).toBe(PREPARE.notifyUrl);
        }
      }),
  },
  {
    id: 'prepare.description_fits',
    promise: 'sends any description within the limits of the wire, never empty, never cut mid-character',
    check: (subject) =>
      forEachProduct(subject, async (bench, product) => {
        for (const description of DESCRIPTIONS) {
          const sent = (await understood(bench, product, { description })).description;
          expect(sent, `${product}: ${description}`).toMatch(/\S/);
          expect(sent.isWellFormed() && !sent.includes('\ufffd'), sent).toBe(true);
          expect(subject.harness.descriptionFits(sent), `${product}: ${sent}`).toBe(true);
        }
      }),
  },
  {
    id: 'prepare.calls',
    promise: 'calls the provider for the products whose orders are born there, and for no others',
    check: (subject) =>
      forEachProduct(subject, async (bench, product) => {
        await bench.prepare(product);
        expect(bench.calls.length > 0, product).toBe(subject.harness.products[product]?.calls);
      }),
  },
  {
    id: 'prepare.refused',
    promise: "calls the provider's no a rejection with a reason of ours, and nothing moved",
    about: 'calling_products',
    check: async (subject) => {
      for (const product of new Bench(subject).callingProducts) {
        const bench = new Bench(subject);
        bench.truth = { is: 'refused' };
        const error = await failureOf(bench.prepare(product));
        expect(error, product).toBeInstanceOf(Rejected);
        expect(REJECTION_REASONS).toContain((error as Rejected).reason);
        expect((error as Rejected).code).toMatch(/\S/);
      }
    },
  },
] as const satisfies readonly Rule[];
