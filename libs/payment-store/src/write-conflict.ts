/** Two writers met: a serialization failure or a deadlock. Postgres undid one of them, which may simply go again. */
const CONFLICT_CODES: readonly unknown[] = ['P2034', '40001', '40P01'];

const TRIES = 4;

/** Runs it again, a few times, while it loses against another writer. Only for work that is one transaction. */
export async function retryingConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !isWriteConflict(error)) throw error;
    }
  }
}

/** Reads the code wherever it stands: on Prisma's error, or on the driver's inside it. */
export function isWriteConflict(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, originalCode, kind, meta, cause, driverAdapterError } = error as Record<string, unknown>;
  if (kind === 'TransactionWriteConflict') return true;
  if (CONFLICT_CODES.includes(code) || CONFLICT_CODES.includes(originalCode)) return true;
  return [meta, cause, driverAdapterError].some(isWriteConflict);
}
