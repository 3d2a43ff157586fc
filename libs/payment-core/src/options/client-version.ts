/** Dotted numbers, up to four of them: `8`, `8.2`, `8.2.0`, `8.2.0.1127`. What follows a `-` or `+` names a build. */
const FORM = /^(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-+][0-9A-Za-z.+-]{1,64})?$/;

export function isClientVersion(text: string): boolean {
  return FORM.test(text);
}

/**
 * Whether `version` has reached `least`; numbers are compared as numbers (8.10 is above 8.9) and a missing one is 0. A
 * version that is not given, or not a version, has reached nothing: the rule exists because old clients break.
 */
export function hasReached(version: string | undefined, least: string): boolean {
  const held = version === undefined ? undefined : numbersOf(version);
  const needed = numbersOf(least);
  if (held === undefined || needed === undefined) return false;
  for (let place = 0; place < held.length; place += 1) {
    if (held[place] !== needed[place]) return held[place]! > needed[place]!;
  }
  return true;
}

/** Read versions: few are in use at a time, and every option asks for the same ones. */
const READ_AT_MOST = 1_000;
const read = new Map<string, readonly number[] | undefined>();

function numbersOf(text: string): readonly number[] | undefined {
  if (read.has(text)) return read.get(text);
  const match = FORM.exec(text);
  const numbers = match === null ? undefined : match.slice(1, 5).map((digits) => Number(digits ?? 0));
  if (read.size >= READ_AT_MOST) read.clear();
  read.set(text, numbers);
  return numbers;
}
