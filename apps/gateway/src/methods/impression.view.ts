import type { ExplainedImpression } from '@hutong/payment-core';
import type { Language } from '../http/language.js';
import type { ImpressionSchema } from './impression.schema.js';
import { excludedViews, traceViews } from './method-list.view.js';

/** What a payer was shown once, and why. */
export function impressionView(impression: ExplainedImpression, language: Language): ImpressionSchema {
  const { id, createdAt, configVersion, facts, shown, verdicts } = impression;
  return {
    id,
    object: 'impression',
    shown_at: createdAt.toISOString(),
    config_version: configVersion,
    scene: facts.scene,
    shown,
    excluded: excludedViews(verdicts, language),
    trace: traceViews(verdicts),
  };
}
