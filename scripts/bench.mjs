/** `npm run bench -- <name> [arguments]`: measures what the README states. One file of bench/ per name, each exports `run`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireNode, root } from './processes.mjs';

requireNode();
const folder = join(root, 'scripts', 'bench');
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.mjs') ? [file.slice(0, -'.mjs'.length)] : []));
const [name, ...rest] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(`Which bench? There is: ${names.join(', ')}. For example: npm run bench -- ${names[0]}`);
  process.exit(1);
}
const { run } = await import(new URL(`bench/${name}.mjs`, import.meta.url));
process.exit((await run(rest)) ? 0 : 1);
