import { NotReached, OutcomeUnknown, UntrustedMessage } from '@hutong/payment-port';
import { expect } from 'vitest';
import type { Subject } from '../bench.js';
import type { Breakage } from '../breakage.js';
import { expectFailure, expectMayHaveHappened } from '../failure.js';
import type { Forgery, WireCall } from '../harness.js';
import { benchFor, networkOperations } from '../network-operations.js';
import type { Rule } from '../rule.js';

async function onceBroken(
  subject: Subject,
  breakages: readonly Breakage[],
  verdict: (outcome: Promise<unknown>, why: string) => Promise<void>,
): Promise<void> {
  for (const operation of networkOperations(subject)) {
    for (const breakage of breakages) {
      const bench = benchFor(subject, operation);
      bench.breakage = breakage;
      await verdict(operation.run(bench), `${operation.name}, ${breakage}`);
      expectOnceToEachHost(bench.calls, `${operation.name}, ${breakage}`);
    }
  }
}

/** A wire may have a second host for when its first does not answer; the same host never gets a call again. */
function expectOnceToEachHost(calls: readonly WireCall[], why: string): void {
  const hosts = calls.map(({ url }) => new URL(url).host);
  expect(hosts.length, `${why}: sent`).toBeGreaterThan(0);
  expect(new Set(hosts).size, `${why}: sent once to each host`).toBe(hosts.length);
}

async function onceForged(subject: Subject, forgeries: readonly Forgery[]): Promise<void> {
  for (const operation of networkOperations(subject)) {
    for (const forgery of forgeries) {
      const bench = benchFor(subject, operation);
      bench.forgery = forgery;
      await expectFailure(operation.run(bench), UntrustedMessage, `${operation.name}, ${forgery}`);
    }
  }
}

export const wireRules = [
  {
    id: 'wire.refused',
    promise: 'says "not reached" of a refused connection or an unknown host, never "unknown"',
    check: (subject) =>
      onceBroken(subject, ['refused', 'no_such_host'], (outcome, why) => expectFailure(outcome, NotReached, why)),
  },
  {
    id: 'wire.lost',
    promise:
      'says "unknown" of a reset, a closed socket or a time-out, never "failed"; and sends no host the same twice',
    check: (subject) =>
      onceBroken(subject, ['reset', 'socket_closed', 'hang'], (outcome, why) =>
        expectFailure(outcome, OutcomeUnknown, why),
      ),
  },
  {
    id: 'wire.half_an_answer',
    promise: 'says "unknown" of an answer that is cut off, and stops reading one that does not end',
    check: (subject) =>
      onceBroken(subject, ['cut', 'endless'], (outcome, why) => expectFailure(outcome, OutcomeUnknown, why)),
  },
  {
    id: 'wire.server_error',
    promise: 'says "unknown" of an error page in the way',
    check: (subject) =>
      onceBroken(subject, ['proxy_error'], (outcome, why) => expectFailure(outcome, OutcomeUnknown, why)),
  },
  {
    id: 'wire.in_trouble',
    promise: 'says "unknown" of the provider\'s own system error',
    check: async (subject) => {
      for (const operation of networkOperations(subject)) {
        const bench = benchFor(subject, operation);
        bench.truth = { is: 'in_trouble' };
        await expectFailure(operation.run(bench), OutcomeUnknown, operation.name);
      }
    },
  },
  {
    id: 'wire.astray',
    promise: 'never follows a redirect, and takes no unreadable answer for a yes or a no',
    check: (subject) => onceBroken(subject, ['redirect', 'garbage'], expectMayHaveHappened),
  },
  {
    id: 'wire.forged',
    promise: 'does not read an answer that is changed, unsigned, or signed by somebody else',
    check: (subject) => onceForged(subject, ['tampered', 'unsigned', 'wrong_key']),
  },
  {
    id: 'wire.stale',
    promise: 'does not read an answer that was signed ten minutes ago',
    check: (subject) => onceForged(subject, ['stale']),
  },
] as const satisfies readonly Rule[];
