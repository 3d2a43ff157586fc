import type { Diagnosis, FailingMessage, RawMessage } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import type { Forgery, News, WireAnswer, WireCall } from '../harness.js';
import { benchFor, networkOperations } from '../network-operations.js';
import type { Rule } from '../rule.js';
import { secretLines } from '../secrets.js';
import { NOW, REFUND, TRADE } from '../specimens.js';

const NEWS: readonly News[] = [
  { of: 'payment', trade: TRADE },
  { of: 'refund', refund: REFUND },
];
const FORGERIES: readonly (Forgery | undefined)[] = [undefined, 'tampered', 'unsigned', 'wrong_key', 'stale'];

/** Every diagnosis that is asked for here also keeps the account's secrets. */
function diagnose({ definition, harness }: Subject, message: FailingMessage): Diagnosis {
  const diagnosis = definition.diagnostics?.diagnose(message, harness.settings('first'), NOW);
  if (diagnosis === undefined) throw new Error('No diagnostics.');
  const said = JSON.stringify(diagnosis);
  for (const secret of secretLines({ definition, harness }, 'first')) expect(said).not.toContain(secret);
  expect(diagnosis.holds, said).toBe(diagnosis.findings.length === 0);
  return diagnosis;
}

function requestOf({ method, url, headers, body }: WireCall): FailingMessage {
  const { pathname, search } = new URL(url);
  return { kind: 'request', method, target: `${pathname}${search}`, headers: [...headers], body: Buffer.from(body) };
}

function answerOf({ headers = {}, body }: WireAnswer): FailingMessage {
  return { kind: 'answer', headers: Object.entries(headers), body: Buffer.from(body) };
}

/** Every call that the adapter makes, with the genuine answer to it. */
async function exchanges(subject: Subject): Promise<{ call: WireCall; answer: WireAnswer }[]> {
  const all = networkOperations(subject).map(async (operation) => {
    const bench = benchFor(subject, operation);
    await operation.run(bench);
    return Promise.all(
      bench.calls.map(async (call) => ({ call, answer: await bench.wire.answer(call, operation.truth) })),
    );
  });
  return (await Promise.all(all)).flat();
}

async function isRefused(bench: Bench, message: RawMessage): Promise<boolean> {
  return (
    (await bench.provider.notifications?.parse(message).then(
      () => false,
      () => true,
    )) ?? true
  );
}

export const diagnosticsRules = [
  {
    id: 'diagnostics.exchanges',
    promise: 'finds nothing wrong with its own requests and the genuine answers to them',
    about: 'diagnostics',
    check: async (subject) => {
      const made = await exchanges(subject);
      expect(made.length).toBeGreaterThan(0);
      for (const { call, answer } of made) {
        expect(diagnose(subject, requestOf(call)).findings, `${call.operation} request`).toEqual([]);
        expect(diagnose(subject, answerOf(answer)).findings, `${call.operation} answer`).toEqual([]);
      }
    },
  },
  {
    id: 'diagnostics.notifications',
    promise: 'finds a cause for every notification that is refused, and none for one that is taken',
    about: 'diagnostics',
    check: async (subject) => {
      const bench = new Bench(subject);
      let seen = 0;
      for (const news of NEWS) {
        for (const forgery of FORGERIES) {
          const message = await bench.wire.notification?.(news, forgery);
          if (message === undefined) continue;
          seen += 1;
          const { holds } = diagnose(subject, { kind: 'notification', ...message });
          expect(holds, `${news.of}, ${forgery ?? 'genuine'}`).toBe(!(await isRefused(bench, message)));
        }
      }
      expect(seen).toBeGreaterThan(1);
    },
  },
  {
    id: 'diagnostics.accounts',
    promise: 'finds nothing wrong with a good account',
    about: 'diagnostics',
    check: (subject) => {
      const about = { notifyUrl: 'https://pay.example.com/notifications/provider/acc_1', now: NOW };
      const checks = subject.definition.diagnostics?.examine(subject.harness.settings('first'), about) ?? [];
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    },
  },
] as const satisfies readonly Rule[];
