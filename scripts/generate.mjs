/** Generates the Prisma client when the schema changed. No network: the generator needs no engine. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'libs/payment-store/src/generated/.schema-stamp');
const stamp = createHash('sha256')
  .update(readFileSync(join(root, 'prisma/schema.prisma')))
  .update(readFileSync(join(root, 'node_modules/prisma/package.json')))
  .digest('hex');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  const env = { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
  const cli = join(root, 'node_modules/prisma/build/index.js');
  const done = spawnSync(process.execPath, [cli, 'generate'], { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0) {
    console.error(done.stdout, done.stderr);
    process.exit(done.status ?? 1);
  }
  writeFileSync(stampFile, stamp);
}
