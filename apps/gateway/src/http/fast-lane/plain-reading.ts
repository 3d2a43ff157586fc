import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage as transformer } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { isPlainlyValid } from '../proof-of-validity.js';

const { PLAIN_TO_CLASS } = TransformationType;

type Class<T extends object> = new () => T;
type Change = (parameters: never) => unknown;

/** What happens to the text of each field, in order; every field that the class knows of is named. */
type Reading = ReadonlyMap<string, readonly Change[]>;

const readings = new Map<unknown, Reading | undefined>();

/**
 * A query read into its class as the pipe reads it, when there is nothing unusual about it: each field known and given once,
 * and the whole valid. Undefined says nothing: the pipe has to read it, and to say what is wrong. The transformations are
 * class-transformer's own metadata, looked up once per class instead of several times per field and request.
 */
export function readPlainly<T extends object>(type: Class<T>, query: object): T | undefined {
  if (!readings.has(type)) readings.set(type, readingOf(type));
  const reading = readings.get(type);
  if (reading === undefined) return undefined;
  const read = new type() as Record<string, unknown>;
  for (const key of Object.keys(query)) {
    const changes = reading.get(key);
    const text = (query as Readonly<Record<string, unknown>>)[key];
    if (changes === undefined || typeof text !== 'string') return undefined;
    read[key] = changes.length === 0 ? text : changed(changes, key, text, query);
  }
  return isPlainlyValid(read) ? (read as T) : undefined;
}

function changed(changes: readonly Change[], key: string, text: string, obj: object): unknown {
  let value: unknown = text;
  for (const change of changes) value = change({ value, key, obj, type: PLAIN_TO_CLASS, options: {} } as never);
  return value;
}

/** Undefined when class-transformer would do more to the class than transform the texts of its fields. */
function readingOf(type: Class<object>): Reading | undefined {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const plain = transformer.getStrategy(type) === 'none' && names.every((name) => isPlainField(type, name));
  return plain ? new Map(names.map((name) => [name, changesOf(type, name)])) : undefined;
}

/** No getter or method of the class stands in its place, nothing nested, renamed, or kept for groups and versions. */
function isPlainField(type: Class<object>, name: string): boolean {
  const conditional = transformsOf(type, name).some(({ options = {} }) =>
    [options.groups, options.since, options.until].some((it) => it !== undefined),
  );
  const exposed = transformer.findExposeMetadata(type, name) ?? transformer.findExcludeMetadata(type, name);
  const nested = transformer.findTypeMetadata(type, name);
  return !conditional && exposed === undefined && nested === undefined && !(name in type.prototype);
}

function changesOf(type: Class<object>, name: string): readonly Change[] {
  return transformsOf(type, name).map(({ transformFn }) => transformFn);
}

function transformsOf(type: Class<object>, name: string) {
  return transformer.findTransformMetadatas(type, name, PLAIN_TO_CLASS);
}
