import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import type { Truth } from '../harness.js';
import type { Rule } from '../rule.js';
import { TRADE } from '../specimens.js';

function close(subject: Subject, truth: Truth): Promise<string> {
  const bench = new Bench(subject);
  bench.truth = truth;
  return bench.close();
}

export const closeRules = [
  {
    id: 'close.closed',
    promise: "says closed on the provider's word",
    about: 'close',
    check: async (subject) => expect(await close(subject, { is: 'awaiting_payer', trade: TRADE })).toBe('closed'),
  },
  {
    id: 'close.not_found',
    promise: 'says "not found", not "closed", of an order that the provider does not know',
    about: 'close',
    check: async (subject) => expect(await close(subject, { is: 'unknown' })).toBe('not_found'),
  },
  {
    id: 'close.paid',
    promise: 'says that the payer was faster, and does not close what is paid',
    about: 'close',
    check: async (subject) => expect(await close(subject, { is: 'paid', trade: TRADE })).toBe('already_paid'),
  },
] as const satisfies readonly Rule[];
