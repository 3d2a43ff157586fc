import type { Authorship } from './audit/audit-entry.js';
import type { CoreContext } from './core-context.js';
import { findVersion } from './change-options.js';
import { newId } from './ids.js';
import type { AttemptTally } from './options/guardrail.js';
import type { Option } from './options/option-config.js';
import { percentAt } from './options/rollout.js';
import { notFound } from './problem.js';
import type { RolloutHold } from './stores/rollout.store.js';

export type StagedOption = Extract<Option, { status: 'staged' }>;

/** A staged option on its way. */
export interface Rollout {
  readonly method: string;
  /** Of the payers, now. */
  readonly percent: number;
  readonly hold?: RolloutHold;
}

/** Every staged option of an app, in its order. @throws PaymentProblem not_found */
export async function listRollouts(core: CoreContext, app: string): Promise<readonly Rollout[]> {
  const { options } = await findVersion(core, app);
  const holds = await core.stores.rollouts.listHolds(app);
  const now = core.clock.now();
  return options.flatMap((option) => {
    if (option.status !== 'staged') return [];
    const hold = holds.find((it) => it.method === option.method);
    return [{ method: option.method, percent: percentAt(option.steps, hold?.heldAt ?? now), ...(hold && { hold }) }];
  });
}

/** When the percentage that is in force came into force; undefined while it is 0. */
export function stepBegan({ steps }: StagedOption, now: Date): Date | undefined {
  const percent = percentAt(steps, now);
  const step = steps.find((it) => it.percent === percent);
  return percent === 0 || step === undefined ? undefined : new Date(step.at);
}

/** A person's word: stay where it is. False when it is held already. @throws PaymentProblem not_found */
export async function holdRollout(core: CoreContext, app: string, method: string, by: Authorship): Promise<boolean> {
  const { options } = await findVersion(core, app);
  const option = options.find((it) => it.method === method);
  if (option?.status !== 'staged') throw notFound('staged option');
  const began = stepBegan(option, core.clock.now());
  const tally = began && (await core.stores.rollouts.tally(app, method, began));
  return writeHold(core, app, option, tally ?? { paid: 0, failed: 0 }, 'admin', by);
}

/** Writes the hold with its event and its audit entry; false when it is held already. */
export function writeHold(
  core: CoreContext,
  app: string,
  { method, steps }: StagedOption,
  tally: AttemptTally,
  cause: RolloutHold['cause'],
  by: Authorship,
): Promise<boolean> {
  const now = core.clock.now();
  const data = { method, percent: percentAt(steps, now), held_at: now.toISOString(), cause, ...tally };
  return core.stores.rollouts.hold(
    { id: newId('hld', now), app, method, heldAt: now, cause, ...tally },
    { id: newId('evt', now), type: 'rollout.held', app, data, createdAt: now },
    by,
  );
}
