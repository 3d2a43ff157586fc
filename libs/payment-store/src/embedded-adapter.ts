import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import {
  DriverAdapterError,
  type ConnectionInfo,
  type Error as AdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';

/**
 * PGlite for Prisma. Queries are the published adapter's. The rest is ours: it does not wait for a script to end, it
 * answers "committed" also when COMMIT failed, and it knows errors only of the very copy of PGlite that it found.
 */
export class EmbeddedAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = 'pglite-prisma-adapter';
  readonly #pglite: PGlite;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  static inMemory(): EmbeddedAdapterFactory {
    return new EmbeddedAdapterFactory(new PGlite());
  }

  async connect(): Promise<SqlDriverAdapter> {
    return new EmbeddedAdapter(this.#pglite, await queriesOn(this.#pglite));
  }

  /** A second, empty database in memory, in which the schema engine replays migrations. */
  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    return EmbeddedAdapterFactory.inMemory().connect();
  }
}

type Queries = Pick<SqlDriverAdapter, 'queryRaw' | 'executeRaw'>;

/** A transaction of PGlite has the same `query` as PGlite itself, which is all that the adapter calls. */
async function queriesOn(connection: PGlite | PGliteTransaction): Promise<Queries> {
  type Theirs = ConstructorParameters<typeof PrismaPGlite>[0];
  const queries = await new PrismaPGlite(connection as unknown as Theirs).connect();
  return {
    queryRaw: (query) => translating(queries.queryRaw(query)),
    executeRaw: (query) => translating(queries.executeRaw(query)),
  };
}

async function translating<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    const { code, severity } = error as Partial<DatabaseError>;
    if (typeof code !== 'string' || typeof severity !== 'string') throw error;
    throw new DriverAdapterError(adapterError(error as DatabaseError));
  }
}

/** What Postgres says of a statement that it refused. */
interface DatabaseError {
  readonly code: string;
  readonly message: string;
  readonly severity: string;
  readonly detail?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly hint?: string;
}

/** SQLSTATEs in Prisma's words, as @prisma/adapter-pg translates them; only those that Prisma gives a code of its own. */
function adapterError(error: DatabaseError): AdapterError {
  const { code, message, severity, detail, column, hint } = error;
  const fields = detail?.match(/Key \(([^)]+)\)/)?.[1]?.split(', ');
  const original = { originalCode: code, originalMessage: message };
  switch (code) {
    case '23505':
      return {
        ...original,
        kind: 'UniqueConstraintViolation',
        ...(fields === undefined ? {} : { constraint: { fields } }),
      };
    case '23502':
      return {
        ...original,
        kind: 'NullConstraintViolation',
        ...(fields === undefined ? {} : { constraint: { fields } }),
      };
    case '23503':
      return { ...original, kind: 'ForeignKeyConstraintViolation', constraint: { index: error.constraint ?? '' } };
    case '40001':
    case '40P01':
      return { ...original, kind: 'TransactionWriteConflict' };
    default:
      return { ...original, kind: 'postgres', code, severity, message, detail, column, hint };
  }
}

class EmbeddedAdapter implements SqlDriverAdapter {
  readonly provider = 'postgres';
  readonly adapterName = 'pglite-prisma-adapter';
  readonly #pglite: PGlite;
  readonly #queries: Queries;

  constructor(pglite: PGlite, queries: Queries) {
    this.#pglite = pglite;
    this.#queries = queries;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.#queries.queryRaw(query);
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#queries.executeRaw(query);
  }

  async executeScript(script: string): Promise<void> {
    await this.#pglite.exec(script);
  }

  getConnectionInfo(): ConnectionInfo {
    return { supportsRelationJoins: true };
  }

  /** Runs inside PGlite's own `transaction`, which sends BEGIN, COMMIT and ROLLBACK and keeps everybody else waiting. */
  startTransaction(): Promise<Transaction> {
    return new Promise((started, refused) => {
      const ending = Promise.withResolvers<'commit' | 'rollback'>();
      const ended = this.#pglite.transaction(async (tx) => {
        const queries = await queriesOn(tx);
        started(transactionOf(queries, (how) => (ending.resolve(how), ended)));
        if ((await ending.promise) === 'rollback') await tx.rollback();
      });
      ended.catch(refused);
    });
  }

  async dispose(): Promise<void> {}
}

function transactionOf(queries: Queries, end: (how: 'commit' | 'rollback') => Promise<void>): Transaction {
  return {
    provider: 'postgres',
    adapterName: 'pglite-prisma-adapter',
    options: { usePhantomQuery: true },
    queryRaw: (query) => queries.queryRaw(query),
    executeRaw: (query) => queries.executeRaw(query),
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  };
}
