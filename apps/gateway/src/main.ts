import 'reflect-metadata';
import { openStores } from '@hutong/payment-store';
import { readMasterKey, readSettings } from '@hutong/settings';
import { methods, providers } from './composition-root.js';
import { createGateway } from './gateway.js';
import { providerTools } from './provider-tools.js';

/** Starts the gateway of this process's environment and stops it on SIGTERM or SIGINT: requests first, database last. */
async function main(): Promise<void> {
  const settings = readSettings();
  const stores = await openStores({
    ...(settings.databaseUrl === undefined ? { dataDir: settings.dataDir } : { databaseUrl: settings.databaseUrl }),
    masterKey: readMasterKey(settings),
  });
  const app = await createGateway({ settings, stores, providers, methods, tools: providerTools });
  const stop = async (): Promise<void> => {
    await app.close();
    await stores.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  await app.listen(settings.port, settings.host);
  process.stdout.write(`Hutong gateway (${settings.role}) ready on ${settings.publicUrl}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
