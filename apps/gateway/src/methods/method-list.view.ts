import { REASON_TEXTS, type MethodList } from '@hutong/payment-core';
import type { ExcludedSchema, MethodListSchema, MethodSchema, TraceSchema } from './method-list.schema.js';
import type { Language } from '../http/language.js';

/** The options as a payer sees them, in the app's own order. */
export function methodViews(list: MethodList, language: Language): MethodSchema[] {
  return list.shown.map(({ option, method, position }) => ({
    method: method.id,
    position,
    title: (option.title ?? method.title)[language],
    kind: method.kind,
    help: (option.help ?? method.help)?.[language] ?? null,
    badge: option.badge?.[language] ?? null,
    preselected: option.preselect ?? false,
    folded: option.fold ?? false,
  }));
}

export function methodListView(list: MethodList, language: Language, explain: boolean): MethodListSchema {
  const view = { object: 'list' as const, config_version: list.configVersion, data: methodViews(list, language) };
  return explain ? { ...view, excluded: excluded(list, language), trace: trace(list) } : view;
}

function excluded(list: MethodList, language: Language): ExcludedSchema[] {
  return list.verdicts.flatMap(({ method, reason }) =>
    reason === undefined ? [] : [{ method, reason, message: REASON_TEXTS[reason][language] }],
  );
}

function trace(list: MethodList): TraceSchema[] {
  return list.verdicts.map(({ method, shown, position, bucket, rules }) => ({
    method,
    shown,
    position: position ?? null,
    bucket: bucket ?? null,
    rules,
  }));
}
