import {
  REASON_TEXTS,
  type KnownMethod,
  type MethodList,
  type ShownMethods,
  type ShownOption,
  type Verdict,
} from '@hutong/payment-core';
import type { ExcludedSchema, MethodListSchema, MethodSchema, TraceSchema } from './method-list.schema.js';
import type { Language } from '../http/language.js';

/** The options as a payer sees them, in the app's own order. */
export function methodViews(list: Pick<ShownMethods, 'shown'>, language: Language): MethodSchema[] {
  return list.shown.map((shown) => methodView(shown, language));
}

export function methodView({ option, method, position }: ShownOption<KnownMethod>, language: Language): MethodSchema {
  return {
    method: method.id,
    position,
    title: (option.title ?? method.title)[language],
    kind: method.kind,
    help: (option.help ?? method.help)?.[language] ?? null,
    badge: option.badge?.[language] ?? null,
    preselected: option.preselect ?? false,
    folded: option.fold ?? false,
  };
}

export function methodListView(list: ShownMethods, language: Language): MethodListSchema {
  return { object: 'list', config_version: list.configVersion, data: methodViews(list, language) };
}

/** The same with a verdict on every method, for people. */
export function explainedListView(list: MethodList, language: Language): MethodListSchema {
  const { verdicts } = list;
  const view = methodListView(list, language);
  return { ...view, excluded: excludedViews(verdicts, language), trace: traceViews(verdicts) };
}

/** Every method that is not shown, with the first reason. */
export function excludedViews(verdicts: readonly Verdict[], language: Language): ExcludedSchema[] {
  return verdicts.flatMap(({ method, reason }) =>
    reason === undefined ? [] : [{ method, reason, message: REASON_TEXTS[reason][language] }],
  );
}

/** Every rule as it was judged. */
export function traceViews(verdicts: readonly Verdict[]): TraceSchema[] {
  return verdicts.map(({ method, shown, position, bucket, rules = [] }) => ({
    method,
    shown,
    position: position ?? null,
    bucket: bucket ?? null,
    rules,
  }));
}
