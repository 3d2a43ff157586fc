const MOST_CHARACTERS = 32_768;
const DEEPEST = 32;

/**
 * The same JSON as other serialisers write it: compact, with Python's blanks, indented, sorted, with `\/` or `\uXXXX`,
 * with a line feed at its end. Nothing for what is no JSON, or is too large or too deep to be worth it.
 */
export function* jsonSpellings(text: string): Generator<string> {
  if (text.length > MOST_CHARACTERS) return;
  yield* [
    text.trim(),
    `${text}\n`,
    text.replace(/\n$/, ''),
    text.replaceAll('\r\n', '\n'),
    text.replaceAll('\n', '\r\n'),
  ];
  const value = parsed(text);
  if (value === undefined || depthOf(value) > DEEPEST) return;
  for (const order of [value, inOrder(value)]) {
    for (const layout of layouts(order)) yield* [layout, layout.replaceAll('/', String.raw`\/`)].flatMap(ends);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Level by level: a value may nest deeper than the stack is. */
function depthOf(value: unknown): number {
  let level = [value];
  for (let depth = 0; ; depth += 1) {
    level = level.flatMap((it) => (typeof it === 'object' && it !== null ? (Object.values(it) as unknown[]) : []));
    if (level.length === 0 || depth > DEEPEST) return depth;
  }
}

function layouts(value: unknown): readonly string[] {
  const compact = JSON.stringify(value);
  const python = compact.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (token) =>
    token === ',' || token === ':' ? `${token} ` : token,
  );
  return [compact, python, JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)];
}

function ends(json: string): readonly string[] {
  const ascii = json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [json, ascii].flatMap((one) => [one, `${one}\n`]);
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, inOrder((value as Record<string, unknown>)[name])]));
}
