import { InvalidAccountConfig } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import { failureOf } from '../failure.js';
import type { Rule } from '../rule.js';
import { secretLines } from '../secrets.js';

const LOOKS_SECRET = /secret|private|password|token|api_v3_key|encrypt_key/;
const SANDBOX_URL = 'http://127.0.0.1:4000';

function refusal(subject: Subject, settings: unknown): Promise<unknown> {
  return failureOf(Promise.resolve().then(() => subject.definition.readSettings(settings)));
}

async function expectPointedAt(subject: Subject, settings: unknown, field: string): Promise<void> {
  const error = await refusal(subject, settings);
  expect(error, field).toBeInstanceOf(InvalidAccountConfig);
  const pointers = (error as InvalidAccountConfig).errors.map(({ pointer }) => pointer);
  expect(
    pointers.some((pointer) => pointer === `/${field}` || pointer.startsWith(`/${field}/`)),
    pointers.join(),
  ).toBe(true);
}

function isOptional(subject: Subject, field: string): boolean {
  try {
    subject.definition.readSettings({ ...subject.harness.settings('first'), [field]: undefined });
    return true;
  } catch {
    return false;
  }
}

export const settingsRules = [
  {
    id: 'settings.accepted',
    promise: 'takes good settings, and connects without a call',
    check: (subject) => {
      for (const account of ['first', 'second'] as const) {
        expect(subject.definition.readSettings(subject.harness.settings(account))).toMatchObject(
          subject.harness.settings(account),
        );
        const bench = new Bench(subject, account);
        expect(bench.provider.payee).toMatch(/\S/);
        expect(bench.calls).toHaveLength(0);
      }
    },
  },
  {
    id: 'settings.unknown_field',
    promise: 'refuses a field that it does not know, by pointer',
    check: (subject) => expectPointedAt(subject, { ...subject.harness.settings('first'), surprise: 'x' }, 'surprise'),
  },
  {
    id: 'settings.missing_field',
    promise: 'refuses settings without a field that it needs, by pointer',
    check: async (subject) => {
      const needed = Object.keys(subject.harness.settings('first')).filter((field) => !isOptional(subject, field));
      expect(needed.length, 'an account needs something').toBeGreaterThan(0);
      for (const field of needed) {
        await expectPointedAt(subject, { ...subject.harness.settings('first'), [field]: undefined }, field);
      }
    },
  },
  {
    id: 'settings.wrong_type',
    promise: 'refuses a field of another type, by pointer; and settings that are no object',
    check: async (subject) => {
      for (const field of Object.keys(subject.harness.settings('first'))) {
        await expectPointedAt(subject, { ...subject.harness.settings('first'), [field]: { nested: 1 } }, field);
      }
      for (const settings of [undefined, null, 'text', 7, []]) {
        expect(await refusal(subject, settings)).toBeInstanceOf(InvalidAccountConfig);
      }
    },
  },
  {
    id: 'settings.secrets_declared',
    promise: 'declares its secret fields, so that they are sealed and never answered',
    check: (subject) => {
      const fields = Object.keys({ ...subject.harness.settings('first'), ...subject.harness.settings('second') });
      expect(subject.definition.secretFields.length).toBeGreaterThan(0);
      expect(subject.definition.secretFields).toEqual(
        expect.arrayContaining(fields.filter((field) => LOOKS_SECRET.test(field))),
      );
    },
  },
  {
    id: 'settings.no_echo',
    promise: 'never repeats a secret in what it says about settings',
    check: async (subject) => {
      const good = subject.harness.settings('first');
      const errors = [await refusal(subject, { ...good, surprise: 'x' })];
      for (const field of subject.definition.secretFields) {
        errors.push(await refusal(subject, { ...good, surprise: 'x', [field]: 'do-not-echo-me' }));
      }
      const said = errors.map((error) => `${String(error)} ${JSON.stringify(error)}`).join('\n');
      for (const secret of ['do-not-echo-me', ...secretLines(subject, 'first')]) expect(said).not.toContain(secret);
    },
  },
  {
    id: 'settings.from_sandbox',
    promise: 'reads an account of the sandbox as its own settings, pointing at the sandbox',
    check: (subject) => {
      const settings = subject.definition.fromSandbox(subject.harness.sandboxAccount, SANDBOX_URL);
      expect(JSON.stringify(subject.definition.readSettings(settings))).toContain(SANDBOX_URL);
    },
  },
] as const satisfies readonly Rule[];
