import type { KnownMethod, MethodList, ShownOption } from '@hutong/payment-core';
import type { Language } from '../http/language.js';
import { methodView } from './method-list.view.js';

interface Texts {
  readonly method: KnownMethod;
  /** By place and language, each the JSON of a view. */
  readonly byPlace: Map<number, Partial<Record<Language, string>>>;
}

/** Written once for a version of an app's options; an option that nobody holds any more takes its texts with it. */
const written = new WeakMap<object, Texts>();

/** The JSON of `methodListView` without explanations, out of pieces that are written once for each place of an option. */
export function methodListText({ configVersion, shown }: MethodList, language: Language): string {
  let rows = '';
  for (const it of shown) rows += `${rows === '' ? '' : ','}${textOf(it, language)}`;
  return `{"object":"list","config_version":${configVersion},"data":[${rows}]}`;
}

function textOf(shown: ShownOption<KnownMethod>, language: Language): string {
  const { byPlace } = textsOf(shown);
  let texts = byPlace.get(shown.position);
  if (texts === undefined) byPlace.set(shown.position, (texts = {}));
  return (texts[language] ??= JSON.stringify(methodView(shown, language)));
}

function textsOf({ option, method }: ShownOption<KnownMethod>): Texts {
  const known = written.get(option);
  if (known?.method === method) return known;
  const texts = { method, byPlace: new Map() };
  written.set(option, texts);
  return texts;
}
