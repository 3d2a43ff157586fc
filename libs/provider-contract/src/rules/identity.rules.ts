import { NotReached, OutcomeUnknown, ProviderError, Rejected } from '@hutong/payment-port';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import type { Breakage } from '../breakage.js';
import { expectFailure, failureOf } from '../failure.js';
import type { Truth } from '../harness.js';
import type { Rule } from '../rule.js';
import { secretLines } from '../secrets.js';

const SIGN_IN = { returnUrl: 'https://pay.example.com/q/T0ken?x=1&y=春', state: 'st-4te_Zz09' };
const CODE = '041cJPkl2tXDEc4oR7ol2QxwJ04cJPki';

function payerId({ harness, definition }: Subject): string {
  if (harness.payerId === undefined) throw new Error(`The harness of ${definition.id} writes no payer's id.`);
  return harness.payerId;
}

/** A bench whose provider would answer this; without one, the payer's id. */
function bench(subject: Subject, truth: Truth = { is: 'signed_in', payer: payerId(subject) }): Bench {
  return Object.assign(new Bench(subject), { truth });
}

function ask(at: Bench): Promise<string> {
  return at.identity().payerOf(CODE);
}

async function broken(subject: Subject, breakage: Breakage): Promise<unknown> {
  const at = Object.assign(bench(subject), { breakage });
  const failure = await failureOf(ask(at));
  expect(at.calls, `${breakage}: a code is good once, so it is sent once`).toHaveLength(1);
  return failure;
}

export const identityRules = [
  {
    id: 'identity.sign_in',
    promise: "sends the browser to the wallet's sign-in with the way back and the state unchanged, without a call",
    about: 'identity',
    check: (subject) => {
      const at = new Bench(subject);
      const url = at.identity().authorizeUrl(SIGN_IN);
      const values = [...new URL(url).searchParams.values()];
      expect(values).toEqual(expect.arrayContaining([SIGN_IN.returnUrl, SIGN_IN.state]));
      for (const secret of secretLines(subject, 'first')) expect(url).not.toContain(secret);
      expect(at.calls).toHaveLength(0);
    },
  },
  {
    id: 'identity.state',
    promise: 'carries 128 bytes of state, and refuses to cut a longer one',
    about: 'identity',
    check: (subject) => {
      const identity = new Bench(subject).identity();
      const url = identity.authorizeUrl({ ...SIGN_IN, state: 's'.repeat(128) });
      expect([...new URL(url).searchParams.values()]).toContain('s'.repeat(128));
      expect(() => identity.authorizeUrl({ ...SIGN_IN, state: 's'.repeat(129) })).toThrow(Rejected);
    },
  },
  {
    id: 'identity.payer',
    promise: 'answers who it is, as the wallet says it',
    about: 'identity',
    check: async (subject) => expect(await ask(bench(subject))).toBe(payerId(subject)),
  },
  {
    id: 'identity.refused',
    promise: 'tells a code that is used up or foreign from credentials that do not hold',
    about: 'identity',
    check: async (subject) => {
      const code = await failureOf(ask(bench(subject, { is: 'code_refused' })));
      expect(code).toBeInstanceOf(Rejected);
      expect(code).toMatchObject({ reason: 'payer_unfit' });
      const secret = await failureOf(ask(bench(subject, { is: 'secret_refused' })));
      expect(secret).toBeInstanceOf(Rejected);
      expect(secret).toMatchObject({ reason: 'invalid_configuration' });
    },
  },
  {
    id: 'identity.unreached',
    promise: 'says "not reached" of a refused connection or an unknown host',
    about: 'identity',
    check: async (subject) => {
      for (const breakage of ['refused', 'no_such_host'] as const)
        expect(await broken(subject, breakage), breakage).toBeInstanceOf(NotReached);
    },
  },
  {
    id: 'identity.unknown',
    promise:
      'says "unknown" of anything else than a whole answer, and of the provider\'s own trouble: the code may be used up',
    about: 'identity',
    check: async (subject) => {
      const breakages = [
        'reset',
        'socket_closed',
        'hang',
        'cut',
        'endless',
        'redirect',
        'proxy_error',
        'garbage',
      ] as const;
      for (const breakage of breakages)
        expect(await broken(subject, breakage), breakage).toBeInstanceOf(OutcomeUnknown);
      await expectFailure(ask(bench(subject, { is: 'in_trouble' })), OutcomeUnknown, 'in trouble');
    },
  },
  {
    id: 'identity.secrets_kept',
    promise: "puts no secret and no payer's code into an error or its cause",
    about: 'identity',
    check: async (subject) => {
      const failures: unknown[] = [];
      for (const is of ['code_refused', 'secret_refused', 'in_trouble'] as const)
        failures.push(await failureOf(ask(bench(subject, { is }))));
      for (const breakage of ['refused', 'reset', 'redirect', 'garbage'] as const)
        failures.push(await broken(subject, breakage));
      for (const failure of failures) expect(failure).toBeInstanceOf(ProviderError);
      const said = inspect(failures, { depth: 12, maxStringLength: null });
      for (const secret of [...secretLines(subject, 'first'), CODE]) expect(said).not.toContain(secret);
    },
  },
] as const satisfies readonly Rule[];
