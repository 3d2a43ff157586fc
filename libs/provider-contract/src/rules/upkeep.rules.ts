import { ProviderError } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench } from '../bench.js';
import { failureOf } from '../failure.js';
import type { Rule } from '../rule.js';
import { TRADE } from '../specimens.js';

export const upkeepRules = [
  {
    id: 'upkeep.on_request',
    promise: 'keeps itself up when it is asked to, never by itself: at first it is due',
    about: 'upkeep',
    check: (subject) => {
      const bench = new Bench(subject);
      expect(bench.provider.upkeep?.isDue()).toBe(true);
      expect(bench.calls).toHaveLength(0);
    },
  },
  {
    id: 'upkeep.failure',
    promise: 'works as before after an upkeep that failed, and says how it failed',
    about: 'upkeep',
    check: async (subject) => {
      for (const breakage of ['refused', 'reset', 'proxy_error', 'garbage'] as const) {
        const bench = new Bench(subject);
        bench.breakage = breakage;
        expect(await failureOf(Promise.resolve(bench.provider.upkeep?.run())), breakage).toBeInstanceOf(ProviderError);
        expect(bench.provider.upkeep?.isDue(), 'not at once again').toBe(false);
        bench.breakage = undefined;
        bench.truth = { is: 'paid', trade: TRADE };
        expect(await bench.query(TRADE.reference)).toMatchObject({ state: 'paid' });
      }
    },
  },
] as const satisfies readonly Rule[];
