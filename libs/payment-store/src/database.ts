import { PrismaClient } from './generated/client.js';

/** An open database: one PrismaClient over the embedded or the remote Postgres. */
export interface Database {
  readonly client: PrismaClient;
  /** For somebody who waits: the same database by a connection that takes its time. Absent: `client` does. */
  readonly patient?: () => PrismaClient;
  close(): Promise<void>;
}

type Options = ConstructorParameters<typeof PrismaClient>[0];

/** How long an interactive transaction may wait to begin (the embedded database runs one at a time) and may then last. */
const TRANSACTION_LIMITS = { maxWait: 15_000, timeout: 10_000 };

export function clientOver(adapter: NonNullable<Options['adapter']>): PrismaClient {
  return new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: TRANSACTION_LIMITS });
}
