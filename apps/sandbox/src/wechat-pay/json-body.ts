const read = new WeakMap<Buffer, unknown>();

/** What a JSON body says; the same bytes are read once, however many ask. @throws SyntaxError */
export function jsonOf(bytes: Buffer): unknown {
  const known = read.get(bytes);
  if (known !== undefined) return known;
  const value = JSON.parse(bytes.toString('utf8')) as unknown;
  read.set(bytes, value);
  return value;
}
