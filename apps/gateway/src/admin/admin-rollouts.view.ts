import type { Rollout, RolloutHold } from '@hutong/payment-core';
import type { HoldSchema, RolloutSchema } from './admin-rollouts.schema.js';

export function rolloutView({ method, percent, hold }: Rollout): RolloutSchema {
  return { object: 'rollout', method, percent, hold: hold === undefined ? null : holdView(hold) };
}

function holdView({ heldAt, cause, paid, failed }: RolloutHold): HoldSchema {
  return { held_at: heldAt.toISOString(), cause, paid, failed };
}
