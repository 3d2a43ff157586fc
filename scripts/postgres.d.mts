/** A Postgres of our own, which may be crashed and started again. */
export interface OwnServer {
  /** Of its `postgres` database; a role that may create databases. */
  readonly url: string;
  readonly port: number;
  /** Ends it and removes its data. */
  stop(): void;
  /** Ends it as `immediate` does: no session is asked. */
  crash(): void;
  /** Brings it back on the same data and port. */
  start(): void;
  /** Its processes, the first one the postmaster. */
  pids(): number[];
}

export const CRASH_SAFE: readonly string[];
export function startServer(durability?: readonly string[]): Promise<OwnServer>;
