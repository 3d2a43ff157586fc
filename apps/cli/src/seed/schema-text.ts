import { seedSchema, type Installation } from '@hutong/payment-core';

/** Beside the seed files of a folder; their first line names it, and editors then complete, explain and check fields. */
export const SCHEMA_FILE = 'seed.schema.json';

/** The first line of a seed file. The name of the editors' convention is that of the server that brought it up. */
export const SCHEMA_LINE = `# yaml-language-server: $schema=./${SCHEMA_FILE}`;

/** The schema as the text of its file. */
export function schemaText(installation: Installation): string {
  return `${JSON.stringify(seedSchema(installation), null, 2)}\n`;
}
