import { optionsDocument, type OptionConfig, type OptionVersion } from '@hutong/payment-core';
import type { OptionsSchema, OptionVersionSchema } from './admin-options.schema.js';

export function optionVersionView({ version, author, reason, createdAt }: OptionVersion): OptionVersionSchema {
  return { version, author, reason: reason ?? null, created_at: createdAt.toISOString() };
}

/** One version, in the words of a seed file. */
export function optionsView(config: OptionConfig, signature: OptionVersion | undefined): OptionsSchema {
  const { app, version, createdAt } = config;
  const document = optionsDocument(config) as Pick<OptionsSchema, 'providers' | 'options' | 'order' | 'links'>;
  return {
    object: 'options',
    app,
    ...optionVersionView(signature ?? { version, author: 'unknown', createdAt }),
    ...document,
  };
}
