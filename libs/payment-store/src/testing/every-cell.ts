import type { PrismaClient } from '../generated/client.js';

/** Every row of every table as text, bytes as hex: what a dump of the database would show. */
export async function everyCell(client: PrismaClient): Promise<string> {
  const tables = await client.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`;
  const dumps: string[] = [];
  for (const { name } of tables) {
    const rows = await client.$queryRawUnsafe<{ cells: string }[]>(
      `SELECT row_to_json(it)::text AS cells FROM "${name}" AS it`,
    );
    dumps.push(...rows.map(({ cells }) => cells));
  }
  return dumps.join('\n');
}
