import { inspect } from 'node:util';
import { expect, vi } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import { failureOf } from '../failure.js';
import type { Forgery, Truth } from '../harness.js';
import { benchFor, networkOperations } from '../network-operations.js';
import type { Rule } from '../rule.js';
import { secretLines } from '../secrets.js';
import { PREPARE, TRADE } from '../specimens.js';

const FAULTS: readonly {
  readonly truth?: Truth;
  readonly forgery?: Forgery;
  readonly breakage?: 'refused' | 'reset' | 'proxy_error';
}[] = [
  { truth: { is: 'refused' } },
  { truth: { is: 'in_trouble' } },
  { forgery: 'tampered' },
  { forgery: 'unsigned' },
  { breakage: 'refused' },
  { breakage: 'reset' },
  { breakage: 'proxy_error' },
];

/** Runs every operation under every fault and answers what was thrown. */
async function everyFailure(subject: Subject): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const operation of networkOperations(subject)) {
    for (const fault of FAULTS) {
      const bench = Object.assign(benchFor(subject, operation), fault);
      await operation.run(bench).catch((error: unknown) => failures.push(error));
    }
  }
  return failures;
}

/** Everything that leaves the adapter when it prepares each product once: calls and actions. */
async function everythingSent(subject: Subject): Promise<unknown[]> {
  const sent: unknown[] = [];
  for (const product of new Bench(subject).products) {
    const bench = new Bench(subject);
    const action = await bench.prepare(product);
    sent.push(product, action, ...bench.calls.map((call) => ({ ...call, headers: [...call.headers] })));
  }
  return sent;
}

function inAnotherYear<T>(run: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-01-01T00:00:00Z') });
  return run().finally(() => vi.useRealTimers());
}

async function recordingOutput(run: () => Promise<unknown>): Promise<unknown[]> {
  const spies = [
    ...(['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((level) => vi.spyOn(console, level)),
    vi.spyOn(process.stdout, 'write'),
    vi.spyOn(process.stderr, 'write'),
  ];
  try {
    await run();
    return spies.flatMap((spy) => spy.mock.calls as unknown[]);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

export const conductRules = [
  {
    id: 'conduct.nothing_from_the_air',
    promise: 'takes time, randomness and the network from its tools only',
    check: async (subject) => {
      const once = await everythingSent(subject);
      vi.stubGlobal('fetch', () => Promise.reject(new Error('The adapter used the global fetch.')));
      try {
        expect(await inAnotherYear(() => everythingSent(subject))).toEqual(once);
      } finally {
        vi.unstubAllGlobals();
      }
    },
  },
  {
    id: 'conduct.accounts_apart',
    promise: 'keeps no state between calls: two accounts at once never mix',
    check: async (subject) => {
      const first = new Bench(subject, 'first');
      const second = new Bench(subject, 'second');
      expect(first.provider.payee).not.toBe(second.provider.payee);
      const benches = [first, second, first, second, second, first];
      for (const product of first.products) {
        const actions = await Promise.all(benches.map((bench) => bench.prepare(product)));
        for (const [index, bench] of benches.entries()) {
          const action = actions[index];
          if (action === undefined) continue;
          const read = await bench.wire.understand({ call: bench.calls.at(-1), action });
          expect(read.reference).toBe(PREPARE.reference);
        }
      }
      for (const bench of benches) bench.truth = { is: 'paid', trade: TRADE };
      const snapshots = await Promise.all(benches.map((bench) => bench.query()));
      for (const [index, bench] of benches.entries())
        expect(snapshots[index]).toMatchObject({ payee: bench.provider.payee });
    },
  },
  {
    id: 'conduct.secrets_kept',
    promise: 'puts no secret into an error, its cause, or a request',
    check: async (subject) => {
      const said = inspect([await everyFailure(subject), await everythingSent(subject)], {
        depth: 12,
        maxStringLength: null,
      });
      expect(said.length).toBeGreaterThan(0);
      for (const secret of secretLines(subject, 'first')) expect(said).not.toContain(secret);
    },
  },
  {
    id: 'conduct.errors_named',
    promise: 'says in each error which provider and which operation it was',
    check: async (subject) => {
      const bench = new Bench(subject);
      bench.breakage = 'reset';
      const error = await failureOf(bench.query());
      expect(error).toMatchObject({ provider: subject.definition.id, operation: expect.stringMatching(/\S/) });
    },
  },
  {
    id: 'conduct.silent',
    promise: 'logs nothing: what is worth telling is thrown or answered',
    check: async (subject) => {
      expect(await recordingOutput(() => Promise.all([everyFailure(subject), everythingSent(subject)]))).toEqual([]);
    },
  },
] as const satisfies readonly Rule[];
