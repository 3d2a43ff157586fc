/** A JSON object whose fields nobody has checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** JSON is UTF-8 without a byte-order mark; bytes that are neither prove nothing. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads bytes as one JSON object; undefined when they are anything else. */
export function readJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    return asObject(JSON.parse(UTF8.decode(bytes)));
  } catch {
    return undefined;
  }
}

/** The text in a field; undefined when it is absent, empty or no text. */
export function textField(object: JsonObject | undefined, name: string): string | undefined {
  const value = own(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function objectField(object: JsonObject | undefined, name: string): JsonObject | undefined {
  return asObject(own(object, name));
}

/** Whole fen, one or more; undefined for anything else, a decimal or a text included. */
export function fenField(object: JsonObject | undefined, name: string): number | undefined {
  const value = own(object, name);
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

/** RFC 3339, which Date would read loosely: `2018-06-08T10:34:56+08:00`. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

export function timeField(object: JsonObject | undefined, name: string): Date | undefined {
  const text = textField(object, name);
  const at = text !== undefined && RFC_3339.test(text) ? new Date(text) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at;
}

/** Own fields only: what every object inherits came from nobody. */
function own(object: JsonObject | undefined, name: string): unknown {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
