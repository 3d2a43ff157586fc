import type { Prisma, PrismaClient } from './generated/client.js';
import { retryingConflicts } from './write-conflict.js';

/** A client bound to one transaction. What runs inside one sees nothing else: on the embedded database, which has one
 * connection, a query on the root client would wait for its own transaction to end. */
export type Tx = Prisma.TransactionClient;

/** Thrown inside `atomically`: undo everything, and answer this. */
export class Abandon<T> extends Error {
  override readonly name = 'Abandon';

  constructor(readonly answer: T) {
    super('abandoned on purpose');
  }
}

/**
 * Runs the work as one transaction, again when it lost against another writer. `Work` should be a function of its own
 * that takes everything it needs, so that it cannot reach the root client.
 */
export async function atomically<T>(client: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await retryingConflicts(() => client.$transaction(work));
  } catch (error) {
    if (error instanceof Abandon) return error.answer as T;
    throw error;
  }
}
