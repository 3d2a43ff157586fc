import { join } from 'node:path';
import { readSettings } from '@hutong/settings';
import { createSandbox } from './sandbox.js';

const settings = readSettings();
const sandbox = await createSandbox({
  port: settings.sandboxPort,
  host: settings.host,
  publicUrl: settings.sandboxPublicUrl,
  dataDir: join(settings.dataDir, 'sandbox'),
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
}

await sandbox.listen();
process.stdout.write(`Sandbox ready at ${sandbox.url} (accounts: ${sandbox.url}/__sandbox/accounts)\n`);
