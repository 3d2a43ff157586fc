#!/usr/bin/env node
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/main.js', import.meta.url);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`hutong needs Node 22.12 or newer, and this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else if (!existsSync(main)) {
  process.stderr.write('hutong is not built yet: run `npm run build` first.\n');
  process.exitCode = 1;
} else {
  await import(main.href);
}
