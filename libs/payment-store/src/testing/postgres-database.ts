import { randomBytes } from 'node:crypto';
import pg from 'pg';

let made = 0;

/** Makes an empty database on the server of that URL, named after this process; `drop` removes it. */
export async function createTestDatabase(server: string): Promise<{ databaseUrl: string; drop: () => Promise<void> }> {
  const name = `hutong_test_${process.pid}_${++made}_${randomBytes(3).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { databaseUrl: url.toString(), drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
