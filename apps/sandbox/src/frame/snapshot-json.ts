/** JSON in which moments stay moments: a `Date` is written as `{"$ms": 1751328000000}`. */
export function toSnapshotJson(value: unknown): string {
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, name, shown: unknown) {
    // JSON.stringify has made a text of it already; the holder still has the Date.
    const held = this[name];
    return held instanceof Date ? { $ms: held.getTime() } : shown;
  });
}

/** @throws SyntaxError */
export function fromSnapshotJson(json: string): unknown {
  return JSON.parse(json, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$ms')) return value;
    return new Date((value as { readonly $ms: number }).$ms);
  }) as unknown;
}
