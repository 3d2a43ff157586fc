import type { Command } from 'commander';
import { gatewayInstallation } from '../connect.js';
import { schemaText } from '../seed/schema-text.js';

export function registerSchema(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of seed files, for editors: hutong schema > seed.schema.json')
    .action(async () => {
      process.stdout.write(schemaText(await gatewayInstallation()));
    });
}
