import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Configuration } from '../configuration.js';
import { gatewayInstallation, type ConnectOptions } from '../connect.js';
import { SCHEMA_FILE, SCHEMA_LINE, schemaText } from '../seed/schema-text.js';
import { seedFileText } from '../seed/seed-file-text.js';
import { withConnection } from './connection-options.js';
import { requireApp } from './require-app.js';
import { using } from './using.js';

interface ExportOptions extends ConnectOptions {
  readonly out?: string;
}

export function registerExport(program: Command): void {
  withConnection(program.command('export').argument('[apps...]', 'default: every app'))
    .description('write the configuration in force as seed files; what is secret is left out and named')
    .option('--out <folder>', 'a file per app in this folder, over what is there (default: print them)')
    .action((apps: readonly string[], options: ExportOptions) => using(options, (it) => exportApps(it, apps, options)));
}

async function exportApps(
  configuration: Configuration,
  named: readonly string[],
  { out }: ExportOptions,
): Promise<void> {
  const texts = await exportedTexts(configuration, named);
  if (out === undefined) return console.log([...texts.values()].join('---\n').trimEnd());
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, SCHEMA_FILE), schemaText(await gatewayInstallation()));
  for (const [app, text] of texts) {
    writeFileSync(join(out, `${app}.yaml`), `${SCHEMA_LINE}\n${text}`);
    console.log(`wrote ${join(out, `${app}.yaml`)}`);
  }
}

/** Each app's seed file by the app's id. @throws CannotRun when there is no such app */
export async function exportedTexts(
  configuration: Pick<Configuration, 'listApps' | 'exportApp'>,
  named: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  for (const app of named) await requireApp(configuration, app);
  const texts = new Map<string, string>();
  for (const app of named.length > 0 ? named : await configuration.listApps())
    texts.set(app, seedFileText(await configuration.exportApp(app)));
  return texts;
}
