/** `4:05`. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Minutes in words (`pattern` has `{minutes}` in it) while there are more than five of them, then a clock. */
export function spanText(seconds: number, pattern: string): string {
  return seconds > 300 ? pattern.replace('{minutes}', String(Math.ceil(seconds / 60))) : clockText(seconds);
}

/** Whole seconds until then, never below zero. */
export function secondsUntil(then: Date, now: Date): number {
  return Math.max(0, Math.floor((then.getTime() - now.getTime()) / 1_000));
}
