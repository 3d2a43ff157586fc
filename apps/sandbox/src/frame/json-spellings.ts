import { MOST_BYTES } from './diagnose-rsa.js';

/**
 * A JSON text as other serialisers would have written it: PHP escapes `/` and Chinese, Python puts blanks after `,` and
 * `:`, Go ends with a line feed, some sort by name. Nothing for what is no JSON, or is too long to be worth it.
 */
export function* jsonSpellings(text: string): Generator<string> {
  if (text.length > MOST_BYTES) return;
  yield* [text.trim(), `${text}\n`, text.replaceAll('\r\n', '\n'), text.replaceAll('\n', '\r\n'), `\uFEFF${text}`];
  if (nestsDeeply(text)) return;
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    for (const ordered of [value, sorted(value)]) yield* written(ordered);
  } catch {
    // No JSON: there is no other spelling of it.
  }
}

/** Indentation grows with the square of the depth; no request of these wires nests half as deep. */
function nestsDeeply(text: string): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(/[[{\]}]/g)) {
    depth += mark === '[' || mark === '{' ? 1 : -1;
    if (depth > 32) return true;
  }
  return false;
}

function* written(value: unknown): Generator<string> {
  const compact = JSON.stringify(value);
  for (const layout of [compact, spaced(compact), JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)]) {
    for (const slashes of [layout, layout.replaceAll('/', String.raw`\/`)]) {
      for (const letters of [slashes, escaped(slashes)]) yield* [letters, `${letters}\n`];
    }
  }
}

const spaced = (json: string): string =>
  json.replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_, text: string | undefined, mark: string) => text ?? `${mark} `);

const escaped = (json: string): string =>
  json.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
