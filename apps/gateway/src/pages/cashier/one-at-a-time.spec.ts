import { expect, it } from 'vitest';
import { OneAtATime } from './one-at-a-time.js';

it('runs what concerns one thing in the order it came, also after a failure, and lets others pass', async () => {
  const told: string[] = [];
  const presses = new OneAtATime();
  const opened = Promise.withResolvers<void>();
  const first = presses.run('a', async () => {
    await opened.promise;
    told.push('a1');
    throw new Error('refused');
  });
  const second = presses.run('a', async () => void told.push('a2'));
  await presses.run('b', async () => void told.push('b'));
  opened.resolve();
  await expect(first).rejects.toThrow('refused');
  await second;
  expect(told).toEqual(['b', 'a1', 'a2']);
});
