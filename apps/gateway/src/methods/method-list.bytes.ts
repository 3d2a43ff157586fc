import type { ShownMethods } from '@hutong/payment-core';
import { byteString, type ByteString } from '../http/fast-lane/byte-string.js';
import type { Language } from '../http/language.js';
import { methodListView } from './method-list.view.js';

type Bytes = Partial<Record<Language, ByteString>>;

/** Written once for all payers who see the same; a list that nobody holds any more takes its answers with it. */
const written = new WeakMap<ShownMethods['shown'], Bytes>();

/** `methodListView` as the JSON that is sent. What is shown belongs to one version of an app's options. */
export function methodListBytes(list: ShownMethods, language: Language): ByteString {
  let bytes = written.get(list.shown);
  if (bytes === undefined) written.set(list.shown, (bytes = {}));
  return (bytes[language] ??= byteString(JSON.stringify(methodListView(list, language))));
}
