import { contentHash } from '../content-hash.js';

type Members = Readonly<Record<string, unknown>>;

/** One line per member that differs, as `path: before → after`; lists are compared as a whole. */
export function differences(before: object, after: object, parent = ''): string[] {
  const [held, wanted] = [before as Members, after as Members];
  const names = [...new Set([...Object.keys(held), ...Object.keys(wanted)])];
  return names.flatMap((name) => difference(held[name], wanted[name], parent === '' ? name : `${parent}.${name}`));
}

function difference(before: unknown, after: unknown, path: string): string[] {
  if (contentHash(before) === contentHash(after)) return [];
  if (isMembers(before) && isMembers(after)) return differences(before, after, path);
  return [`${path}: ${show(before)} → ${show(after)}`];
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ') || 'empty';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
