import type { CoreContext } from './core-context.js';
import { stepBegan, writeHold, type StagedOption } from './hold-rollout.js';
import { isBreached } from './options/guardrail.js';

/** Who holds a rollout when nobody did: shown in the audit log. */
const GUARDRAIL = { actor: 'guardrail' };

/**
 * Looks at every staged option with a guardrail: where the attempts of the running step failed too often, the rollout is
 * held at the percentage it has, with an event. Who has the option keeps it; letting the steps go on is a person's word.
 */
export async function watchRollouts(core: CoreContext): Promise<void> {
  for (const { id } of await core.stores.config.listApps()) {
    const config = await core.stores.config.findOptions(id);
    for (const option of config?.options ?? []) if (option.status === 'staged') await watch(core, id, option);
  }
}

async function watch(core: CoreContext, app: string, option: StagedOption): Promise<void> {
  const { guardrail, method } = option;
  const began = stepBegan(option, core.clock.now());
  if (guardrail === undefined || began === undefined) return;
  const { rollouts } = core.stores;
  if ((await rollouts.listHolds(app)).some((hold) => hold.method === method)) return;
  const tally = await rollouts.tally(app, method, later(began, await rollouts.lastReleased(app, method)));
  if (isBreached(guardrail, tally)) await writeHold(core, app, option, tally, 'guardrail', GUARDRAIL);
}

/** A release forgives what was before it. */
function later(began: Date, released: Date | undefined): Date {
  return released !== undefined && released > began ? released : began;
}
