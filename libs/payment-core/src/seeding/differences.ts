import { contentHash } from '../content-hash.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * One line per member that differs and none when nothing does, as `path: before → after`, for people. Of a list of objects each item that is gone
 * stands as `path - item` and each new one as `path + item`; a list of words is told as a whole.
 */
export function differences(before: object, after: object, parent = ''): string[] {
  const [held, wanted] = [before as Members, after as Members];
  const names = [...new Set([...Object.keys(held), ...Object.keys(wanted)])];
  return names.flatMap((name) => difference(held[name], wanted[name], parent === '' ? name : `${parent}.${name}`));
}

function difference(before: unknown, after: unknown, path: string): string[] {
  if (contentHash(before) === contentHash(after)) return [];
  if (isMembers(before) && isMembers(after)) return differences(before, after, path);
  const [held, wanted] = [objectsOf(before), objectsOf(after)];
  const areLists = held !== undefined && wanted !== undefined && held.length + wanted.length > 0;
  return areLists ? listDifference(held, wanted, path) : [`${path}: ${shown(before)} → ${shown(after)}`];
}

function listDifference(before: readonly object[], after: readonly object[], path: string): string[] {
  const gone = without(before, after).map((item) => `${path} - ${shown(item)}`);
  const added = without(after, before).map((item) => `${path} + ${shown(item)}`);
  const inAnotherOrder = gone.length + added.length === 0;
  return inAnotherOrder ? [`${path} in another order: ${after.map(shown).join(', ')}`] : [...gone, ...added];
}

function without(items: readonly object[], others: readonly object[]): readonly object[] {
  const known = new Set(others.map(contentHash));
  return items.filter((item) => !known.has(contentHash(item)));
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list of objects, none for what is absent; undefined for anything else. */
function objectsOf(value: unknown): readonly object[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) && value.every(isMembers) ? value : undefined;
}

/** Much as a person would write it in a seed file: `{ zh-CN: 推荐, en: New }`. */
export function shown(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.map(inner).join(', ') || 'empty';
  return inner(value);
}

function inner(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  if (!isMembers(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${inner(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
