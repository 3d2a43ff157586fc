import type { ProviderDefinition } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import type { Subject } from './bench.js';
import type { ContractHarness } from './harness.js';
import { concerns } from './rule.js';
import { rules, type RuleId } from './rules.js';

/** Promises that a wire cannot keep, each with the reason. */
export type Waivers = Readonly<Partial<Record<RuleId, string>>>;

export interface ContractOptions {
  readonly waive?: Waivers;
}

/**
 * Runs every promise on a provider. A promise about a capability that the provider does not have (no `close`, no
 * `refunds`) has nothing to hold and is left out. A waived promise must name its reason and must really be broken: a
 * waiver that is no longer needed fails.
 */
export function describeProviderContract(
  definition: ProviderDefinition,
  harness: ContractHarness,
  options: ContractOptions = {},
): void {
  const waive: Readonly<Record<string, string | undefined>> = options.waive ?? {};
  const subject: Subject = { definition, harness };

  describe(`${definition.id} keeps the promises of a provider`, () => {
    for (const rule of rules.filter((candidate) => concerns(candidate, subject))) {
      const reason = waive[rule.id];
      if (reason === undefined) it(`${rule.id}: ${rule.promise}`, () => rule.check(subject));
      else
        it(`${rule.id} is waived: ${reason}`, async () => {
          await expect(
            Promise.resolve().then(() => rule.check(subject)),
            'this waiver is not needed',
          ).rejects.toThrow();
        });
    }

    it('waives only promises that exist, and says why', () => expectHonestWaivers(waive));
  });
}

/** Fails unless each waiver names an existing promise and a reason of at least a few words. */
export function expectHonestWaivers(waive: Readonly<Record<string, string | undefined>>): void {
  const ids: readonly string[] = rules.map(({ id }) => id);
  for (const [id, reason] of Object.entries(waive)) {
    expect(ids, `the waived promise "${id}"`).toContain(id);
    expect(reason?.trim().split(/\s+/).length ?? 0, `the reason for waiving ${id}`).toBeGreaterThan(2);
  }
}

/** Checks one promise; rejects when it is broken. For specs that prove the suite can fail. */
export async function checkPromise(
  id: RuleId,
  definition: ProviderDefinition,
  harness: ContractHarness,
): Promise<void> {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`There is no promise "${id}".`);
  await rule.check({ definition, harness });
}
