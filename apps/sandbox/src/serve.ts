import { join, resolve } from 'node:path';
import { readSettings } from '@hutong/settings';
import type { CommandLine } from './command-line.js';
import { createSandbox } from './sandbox.js';

/** The sandbox as a process: set up by the environment, ended by a signal. */
export async function serveUntilStopped({ tlsPort, snapshot }: CommandLine): Promise<void> {
  const settings = readSettings();
  const sandbox = await createSandbox({
    port: settings.sandboxPort,
    host: settings.host,
    publicUrl: settings.sandboxPublicUrl,
    dataDir: join(settings.dataDir, 'sandbox'),
    ...(tlsPort === undefined ? {} : { tlsPort }),
    ...(snapshot === undefined ? {} : { snapshot: resolve(snapshot) }),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void sandbox.close().then(() => process.exit(0));
    });
  }
  try {
    await sandbox.listen();
  } catch (cause) {
    // One of two ports may be open already: it would keep the process alive.
    await sandbox.close();
    throw cause;
  }
  process.stdout.write(`Sandbox ready at ${sandbox.url} (the payer's phone; accounts: ${sandbox.url}/accounts)\n`);
  if (sandbox.tls !== undefined) {
    process.stdout.write(`TLS at port ${sandbox.tls.port}; to trust it: NODE_EXTRA_CA_CERTS=${sandbox.tls.caFile}\n`);
  }
}
