import { money, OutcomeUnknown, ProviderError, type Snapshot } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import { expectFailure, expectMayHaveHappened, failureOf } from '../failure.js';
import type { Truth } from '../harness.js';
import type { Rule } from '../rule.js';
import { OTHER_REFERENCE, TRADE } from '../specimens.js';

function ask(subject: Subject, truth: Truth): Promise<Snapshot> {
  const bench = new Bench(subject);
  bench.truth = truth;
  return bench.query();
}

export const queryRules = [
  {
    id: 'query.not_found',
    promise: 'calls an order that the provider does not know a state, not an error',
    check: async (subject) => expect(await ask(subject, { is: 'unknown' })).toEqual({ state: 'not_found' }),
  },
  {
    id: 'query.states',
    promise: 'tells waiting, closed and refunded apart: what went back was paid, not closed',
    check: async (subject) => {
      expect(await ask(subject, { is: 'awaiting_payer', trade: TRADE })).toEqual({ state: 'awaiting_payer' });
      expect(await ask(subject, { is: 'closed', trade: TRADE })).toEqual({ state: 'closed' });
      expect(await ask(subject, { is: 'refunded', trade: TRADE })).toMatchObject({ state: 'refunded' });
    },
  },
  {
    id: 'query.paid',
    promise: "carries the exact fen, the date, the provider's number and whose money box it is",
    check: async (subject) => {
      const { payee } = new Bench(subject).provider;
      const { paidAt, providerReference } = TRADE;
      for (const fen of [1, 29, 113, 1_999, 4_015_045, 100_000_000]) {
        const snapshot = await ask(subject, { is: 'paid', trade: { ...TRADE, amount: money(fen) } });
        expect(snapshot, String(fen)).toMatchObject({
          state: 'paid',
          amount: money(fen),
          paidAt,
          providerReference,
          payee,
        });
      }
    },
  },
  {
    id: 'query.other_reference',
    promise: 'takes no genuine answer about another order',
    check: (subject) =>
      expectMayHaveHappened(
        ask(subject, { is: 'paid', trade: { ...TRADE, reference: OTHER_REFERENCE } }),
        'another reference',
      ),
  },
  {
    id: 'query.unlisted',
    promise: 'says "unknown" of a state that no document lists, never "failed" or "closed"',
    check: (subject) =>
      expectFailure(ask(subject, { is: 'unlisted', trade: TRADE }), OutcomeUnknown, 'an unlisted state'),
  },
  {
    id: 'query.forged_not_found',
    promise: 'believes no unsigned or foreign "not found"',
    check: async (subject) => {
      for (const forgery of ['unsigned', 'wrong_key'] as const) {
        const bench = new Bench(subject);
        bench.truth = { is: 'unknown' };
        bench.forgery = forgery;
        expect(await failureOf(bench.query()), forgery).toBeInstanceOf(ProviderError);
      }
    },
  },
] as const satisfies readonly Rule[];
