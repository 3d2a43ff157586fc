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
