import { StaleVersion } from '@hutong/payment-core';
import { isUniqueViolation } from './unique-violation.js';

const TRIES = 20;

/** Runs `add`, which inserts the version after the newest; again when somebody else took that number first. */
export async function addingNextVersion<T>(add: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await add();
    } catch (error) {
      if (tries === TRIES || !isUniqueViolation(error)) throw error;
    }
  }
}

/** The number after the newest. @throws StaleVersion when the caller expected another one to be the newest */
export function nextVersion(newest: number | null, expected: number | undefined): number {
  const held = newest ?? 0;
  if (expected !== undefined && expected !== held) throw new StaleVersion(held);
  return held + 1;
}
