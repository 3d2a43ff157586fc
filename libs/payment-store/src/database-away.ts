import { StoreUnavailable } from '@hutong/payment-core';

/**
 * Prisma: not reached, timed out, closed, no free connection, no transaction in time. Postgres: connection exceptions,
 * shutting down or starting, too many connections, no space, a statement or a lock that took too long. The system's own.
 */
const CODES: ReadonlySet<unknown> = new Set(
  [
    'P1001 P1002 P1008 P1017 P2024 P2028 P2037',
    '08000 08001 08003 08004 08006 57P01 57P02 57P03 57014 55P03 25P03 53100 53200 53300',
    'ECONNREFUSED ECONNRESET ETIMEDOUT EPIPE ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH',
  ].flatMap((codes) => codes.split(' ')),
);

/** As Prisma's adapter names the same. */
const KINDS: ReadonlySet<unknown> = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);

/** What the drivers say without a code. */
const MESSAGES =
  /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|Cannot use a pool after|Client has encountered a connection error|PGlite is clos)/;

/** Says of an error whether the database is away, wherever the code stands: on Prisma's error, or on the driver's inside it. */
export function saysDatabaseIsAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, originalCode, kind, message, meta, cause, driverAdapterError } = error as Record<string, unknown>;
  if (CODES.has(code) || CODES.has(originalCode) || KINDS.has(kind)) return true;
  if (typeof message === 'string' && MESSAGES.test(message)) return true;
  return [meta, cause, driverAdapterError].some((inner) => saysDatabaseIsAway(inner, depth + 1));
}

/** The same store; what its methods throw because the database is away is a StoreUnavailable. */
export function sayingWhenAway<T extends object>(store: T): T {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, args);
        if (isThenable(answer)) return Promise.resolve(answer).catch(translate);
        // The same store under a lease.
        return answer instanceof target.constructor ? sayingWhenAway(answer) : answer;
      };
    },
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function translate(error: unknown): never {
  throw saysDatabaseIsAway(error) ? new StoreUnavailable(error) : error;
}
