/** Offsets in bytes: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the value of each member of a JSON object stands, by name. Bytes are read as latin1: one character each, and
 * all of JSON's own signs are ASCII, so offsets are those of the bytes as received.
 * Undefined unless the whole text is one object whose names are unique.
 */
export function memberSpans(json: Buffer): ReadonlyMap<string, Span> | undefined {
  const text = json.toString('latin1');
  const members = new Map<string, Span>();
  let at = skipBlanks(text, 0);
  if (text[at] !== '{') return undefined;
  do {
    const name = nameAt(text, skipBlanks(text, at + 1));
    const start = name === undefined ? -1 : valueAfter(text, name.end);
    const end = start < 0 ? -1 : endOfValue(text, start);
    if (name === undefined || end < 0 || members.has(name.text)) return undefined;
    members.set(name.text, { start, end });
    at = skipBlanks(text, end);
  } while (text[at] === ',');
  return text[at] === '}' && skipBlanks(text, at + 1) === text.length ? members : undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  return at;
}

function nameAt(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const end = text[start] === '"' ? endOfString(text, start) : -1;
  if (end < 0) return undefined;
  try {
    return { text: JSON.parse(text.slice(start, end)) as string, end };
  } catch {
    return undefined;
  }
}

function valueAfter(text: string, endOfName: number): number {
  const colon = skipBlanks(text, endOfName);
  return text[colon] === ':' ? skipBlanks(text, colon + 1) : -1;
}

function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  return first === '{' || first === '[' ? endOfContainer(text, start) : endOfWord(text, start);
}

/** After the closing quote; -1 when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

/** After the bracket that closes the one at `start`; brackets inside texts do not count. */
function endOfContainer(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at >= 0 && at < text.length;) {
    const sign = text.charAt(at);
    if (sign === '{' || sign === '[') depth += 1;
    if (sign === '}' || sign === ']') depth -= 1;
    if (depth === 0) return at + 1;
    at = sign === '"' ? endOfString(text, at) : at + 1;
  }
  return -1;
}

/** A number, `true`, `false` or `null`. */
function endOfWord(text: string, start: number): number {
  const [word = ''] = /^[-+.\w]{0,64}/.exec(text.slice(start, start + 64)) ?? [];
  return word === '' ? -1 : start + word.length;
}
