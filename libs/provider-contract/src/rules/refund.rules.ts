import { money, ProviderError, Rejected } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench } from '../bench.js';
import { expectFailure, expectMayHaveHappened, failureOf } from '../failure.js';
import type { Rule } from '../rule.js';
import { OTHER_REFUND, REFUND, REFUND_REQUEST } from '../specimens.js';

export const refundRules = [
  {
    id: 'refund.accepted',
    promise: 'reports a refund that succeeded with its exact fen, or that it is under way',
    about: 'refunds',
    check: async (subject) => {
      for (const fen of [1, 29, 113, 333]) {
        const bench = new Bench(subject);
        bench.truth = { is: 'refund_succeeded', refund: { ...REFUND, amount: money(fen) } };
        const snapshot = await bench.refund({ ...REFUND_REQUEST, amount: money(fen) });
        expect(['processing', 'succeeded']).toContain(snapshot.state);
        if (snapshot.state === 'succeeded') expect(snapshot.amount).toEqual(money(fen));
      }
    },
  },
  {
    id: 'refund.queried',
    promise: 'finds the refund again by our number, with its exact fen',
    about: 'refunds',
    check: async (subject) => {
      const bench = new Bench(subject);
      bench.truth = { is: 'refund_succeeded', refund: REFUND };
      expect(await bench.queryRefund()).toMatchObject({ state: 'succeeded', amount: REFUND.amount });
    },
  },
  {
    id: 'refund.not_found',
    promise: 'calls a refund that the provider does not know a state; believes it only when it is signed',
    about: 'refunds',
    check: async (subject) => {
      const bench = new Bench(subject);
      bench.truth = { is: 'unknown' };
      expect(await bench.queryRefund()).toEqual({ state: 'not_found' });
      bench.forgery = 'wrong_key';
      expect(await failureOf(bench.queryRefund())).toBeInstanceOf(ProviderError);
    },
  },
  {
    id: 'refund.other_reference',
    promise: 'takes no genuine answer about another refund',
    about: 'refunds',
    check: async (subject) => {
      const bench = new Bench(subject);
      bench.truth = { is: 'refund_succeeded', refund: OTHER_REFUND };
      await expectMayHaveHappened(bench.refund(), 'refund');
      await expectMayHaveHappened(bench.queryRefund(), 'refund query');
    },
  },
  {
    id: 'refund.refused',
    promise: "calls the provider's no to a refund a rejection",
    about: 'refunds',
    check: async (subject) => {
      const bench = new Bench(subject);
      bench.truth = { is: 'refused' };
      await expectFailure(bench.refund(), Rejected, 'refund');
    },
  },
  {
    id: 'refund.same_again',
    promise: 'sends a retried refund as the very same request, so that it is one refund',
    about: 'refunds',
    check: async (subject) => {
      const bench = new Bench(subject);
      bench.truth = { is: 'refund_succeeded', refund: REFUND };
      await bench.refund();
      const first = bench.calls.map(({ url, body }) => ({ url, body }));
      await bench.refund();
      expect(bench.calls.slice(first.length).map(({ url, body }) => ({ url, body }))).toEqual(first);
    },
  },
] as const satisfies readonly Rule[];
