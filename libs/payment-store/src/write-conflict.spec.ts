import { describe, expect, it } from 'vitest';
import { isWriteConflict, retryingConflicts } from './write-conflict.js';

/** Fails that many times with this, then answers. */
function failing(times: number, error: unknown) {
  let calls = 0;
  const work = async (): Promise<string> => {
    if (++calls <= times) throw error;
    return `call ${calls}`;
  };
  return { work, calls: () => calls };
}

const deadlock = {
  code: 'P2010',
  meta: { driverAdapterError: { cause: { originalCode: '40P01', kind: 'postgres' } } },
};

describe('a write that lost against another', () => {
  it.each([
    ['a deadlock in SQL of our own', deadlock],
    ['a conflict in a transaction', { code: 'P2034' }],
    ['a serialization failure', { cause: { originalCode: '40001' } }],
  ])('goes again after %s', async (_, error) => {
    expect(isWriteConflict(error)).toBe(true);
    await expect(retryingConflicts(failing(2, error).work)).resolves.toBe('call 3');
  });

  it('gives up after a few tries', async () => {
    const { work, calls } = failing(99, deadlock);
    await expect(retryingConflicts(work)).rejects.toBe(deadlock);
    expect(calls()).toBe(4);
  });

  it.each([
    { code: 'P2002' },
    { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '23505' } } } },
    new Error('x'),
    null,
  ])('does not go again after anything else', async (error) => {
    const { work, calls } = failing(1, error);
    await expect(retryingConflicts(work)).rejects.toBe(error);
    expect(calls()).toBe(1);
  });
});
