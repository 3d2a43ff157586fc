import type { Spot } from './spot.js';

/** A part of a JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Reads a value of one form; undefined when it does not fit, which the spot has then been told. `schema` says the same to
 * an editor, as far as a schema can say it.
 */
export interface Shape<T> {
  (value: unknown, at: Spot): T | undefined;
  readonly schema: JsonSchema;
}

/** A shape that reads as `read` does. */
export function shape<T>(schema: JsonSchema, read: (value: unknown, at: Spot) => T | undefined): Shape<T> {
  return Object.assign(read.bind(null), { schema });
}

/** The same form, with a sentence that an editor shows for it. */
export function described<T>(description: string, form: Shape<T>): Shape<T> {
  return shape({ ...form.schema, description }, form);
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Read<S> = S extends Shape<infer T> ? T : never;
type Members<Required extends Fields, Optional extends Fields> = {
  readonly [K in keyof Required]: Read<Required[K]>;
} & {
  readonly [K in keyof Optional]?: Read<Optional[K]>;
};

/** A text that `form` accepts; `accepted` says in words what that is. */
export function text(form: RegExp, accepted: string): Shape<string> {
  return shape({ type: 'string', pattern: form.source, description: accepted }, (value, at) =>
    typeof value === 'string' && form.test(value) ? value : at.refuse(`must be ${accepted}.`),
  );
}

/** A text that a database can keep: no NUL, no half of a character. */
export const anyText: Shape<string> = checked(text(/\S/, 'a text'), (read, at) =>
  read.isWellFormed() && !read.includes('\0') ? read : at.refuse('must be a text without NUL or halves of characters.'),
);

export function oneOf<T extends string>(values: readonly T[]): Shape<T> {
  return shape(
    { enum: values },
    (value, at) =>
      values.find((known) => known === value) ??
      at.refuse(`must be one of ${values.join(', ')}; it is ${shown(value)}.`),
  );
}

export function integer(min: number, max: number): Shape<number> {
  return shape({ type: 'integer', minimum: min, maximum: max }, (value, at) =>
    Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max
      ? Number(value)
      : at.refuse(`must be a whole number from ${min} to ${max}.`),
  );
}

export const yesOrNo: Shape<boolean> = shape({ type: 'boolean' }, (value, at) =>
  typeof value === 'boolean' ? value : at.refuse('must be true or false.'),
);

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

/** A moment with its offset from UTC, so that no machine's time zone changes its meaning. */
export const moment: Shape<string> = shape(
  { type: 'string', format: 'date-time', pattern: MOMENT.source },
  (value, at) =>
    typeof value === 'string' && MOMENT.test(value) && isDate(value)
      ? value
      : at.refuse('must be a date and time with its offset, such as 2027-03-01T10:00:00+08:00.'),
);

/** Items of one form. `keyOf` names what may not repeat. */
export function list<T>(item: Shape<T>, keyOf?: (item: T) => string): Shape<readonly T[]> {
  return shape({ type: 'array', items: item.schema }, (value, at) => {
    if (!Array.isArray(value)) return at.refuse('must be a list.');
    const seen = new Set<string>();
    const items = value.flatMap((raw, index) => {
      const read = item(raw, at.at(index));
      if (read === undefined) return [];
      if (keyOf !== undefined && seen.has(keyOf(read)))
        at.at(index).refuse(`repeats ${keyOf(read)}; each may stand once.`);
      if (keyOf !== undefined) seen.add(keyOf(read));
      return [read];
    });
    // No shorter list: who reads it next would miss what was refused.
    return items.length === value.length ? items : undefined;
  });
}

/** A mapping with exactly these fields. */
export function members<R extends Fields, O extends Fields>(required: R, optional: O): Shape<Members<R, O>> {
  const all = { ...required, ...optional };
  const names = Object.keys(all);
  const properties = Object.fromEntries(Object.entries(all).map(([name, it]) => [name, it.schema]));
  const schema = { type: 'object', properties, required: Object.keys(required), additionalProperties: false };
  return shape(schema, (value, at) => {
    if (!isMapping(value)) return at.refuse('must be a mapping.');
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) at.at(name).refuse(`is not known here; accepted are ${names.join(', ')}.`);
    }
    const missing = Object.keys(required).filter((name) => value[name] === undefined);
    for (const name of missing) at.at(name).refuse('is missing.');
    const read = Object.entries(all)
      .filter(([name]) => value[name] !== undefined)
      .map(([name, member]) => [name, member(value[name], at.at(name))] as const);
    const fits = missing.length === 0 && read.every(([, member]) => member !== undefined);
    return fits ? (Object.fromEntries(read) as Members<R, O>) : undefined;
  });
}

/** A mapping whose keys come from a closed list. */
export function mappingOf<T>(keys: readonly string[], member: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return members({}, Object.fromEntries(keys.map((key) => [key, member]))) as Shape<Readonly<Record<string, T>>>;
}

/** Any mapping, its content judged by somebody else. */
export const mapping: Shape<Readonly<Record<string, unknown>>> = shape({ type: 'object' }, (value, at) =>
  isMapping(value) ? value : at.refuse('must be a mapping.'),
);

/** Judges further what has the right form; `check` refuses at the place and answers undefined, or answers what it became. */
export function checked<T, U>(form: Shape<T>, check: (value: T, at: Spot) => U | undefined): Shape<U> {
  return shape(form.schema, (value, at) => {
    const read = form(value, at);
    return read === undefined ? undefined : check(read, at);
  });
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Date.parse moves 31 February into March; a date that does not exist is refused. */
function isDate(value: string): boolean {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(value)) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value.slice(0, 10))
  );
}

function shown(value: unknown): string {
  return value === null ? 'empty' : (JSON.stringify(value) ?? 'empty');
}
