import { AsyncLocalStorage } from 'node:async_hooks';
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

const open = new AsyncLocalStorage<true>();

/** True for whatever is called, directly or not, by work inside a transaction: no place to wait for a network. */
export function isInTransaction(): boolean {
  return open.getStore() === true;
}

/**
 * Runs the work as one transaction, again when it lost against another writer. `Work` should be a function of its own
 * that takes everything it needs, so that it cannot reach the root client.
 */
export async function atomically<T>(client: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await retryingConflicts(() => client.$transaction((tx) => open.run(true, () => work(tx))));
  } catch (error) {
    if (error instanceof Abandon) return error.answer as T;
    throw error;
  }
}
