import { expect, it } from 'vitest';
import { readOnce } from './read-once.js';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

it('reads when it is read, once, and refuses a second reading', async () => {
  let opened = 0;
  const lines = readOnce('A statement', async function* () {
    opened += 1;
    yield 1;
    yield 2;
  });
  expect(opened).toBe(0);
  expect(await all(lines)).toEqual([1, 2]);
  await expect(all(lines)).rejects.toThrow('A statement can be read once only');
  expect(opened).toBe(1);
});
