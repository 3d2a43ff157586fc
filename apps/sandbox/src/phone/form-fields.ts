/** The last value of each field of a posted form; anything else has none. */
export function formFields(body: unknown): Readonly<Record<string, string>> {
  return Buffer.isBuffer(body) ? Object.fromEntries(new URLSearchParams(body.toString('utf8'))) : {};
}

/** `12.3` yuan as 1230 fen; NaN when it is no amount. */
export function fenOf(yuan: string): number {
  const [, whole, part = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(yuan.trim()) ?? [];
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
