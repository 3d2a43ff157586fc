import { spawnSync } from 'node:child_process';

/** Two cores that we may use, as `taskset` counts them; undefined where there is no taskset or only one. */
export function cores() {
  const { stdout = '', status } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  const [, list = ''] = /: ([\d,-]+)\s*$/.exec(stdout ?? '') ?? [];
  const [one, other] = status === 0 ? list.split(',').flatMap(range) : [];
  return other === undefined ? { one: undefined, other: undefined } : { one, other };
}

/** `0-3` → 0, 1, 2, 3. */
function range(text) {
  const [from, to = from] = text.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
