import type { PrismaClient } from './generated/client.js';

/**
 * Takes an idempotency key that is new, or whose holder let its lease pass without an answer; the lease when it is ours now.
 * SQL of its own because leases stand on the database's clock: the clocks of two processes may differ by more than one.
 */
export async function claimKey(
  client: PrismaClient,
  app: string,
  key: string,
  fingerprint: string,
  leaseMs: number,
): Promise<string | undefined> {
  const [row] = await client.$queryRaw<{ lease: string }[]>`
    INSERT INTO idempotency_keys AS held (app, key, fingerprint, leased_until, created_at)
    VALUES (${app}, ${key}, ${fingerprint}, clock_timestamp() + ${leaseMs}::bigint * interval '1 millisecond', clock_timestamp())
    ON CONFLICT (app, key) DO UPDATE SET leased_until = excluded.leased_until
      WHERE held.fingerprint = excluded.fingerprint AND held.status IS NULL AND held.leased_until < clock_timestamp()
    RETURNING held.leased_until::text AS lease`;
  return row?.lease;
}

/** Forgets an unanswered key while it is still held under this very lease. */
export async function releaseKey(client: PrismaClient, app: string, key: string, lease: string): Promise<void> {
  await client.$executeRaw`
    DELETE FROM idempotency_keys
    WHERE app = ${app} AND key = ${key} AND status IS NULL AND leased_until = ${lease}::timestamptz`;
}

/** Deletes what is older than seven days by the database's clock; answers how many. */
export async function purgeKeys(client: PrismaClient): Promise<number> {
  return client.$executeRaw`DELETE FROM idempotency_keys WHERE created_at < clock_timestamp() - interval '7 days'`;
}
