import 'reflect-metadata';
import { openStores } from '@hutong/payment-store';
import { readMasterKey, readSettings, refuseUnfit, unfitForProduction } from '@hutong/settings';
import { methods, providers } from './composition-root.js';
import { createGateway } from './gateway.js';
import { unfitAccounts } from './lifecycle/fit-for-production.js';
import { stopOnSignal } from './lifecycle/stop-on-signal.js';
import { metricsOf, serveMetricsApart } from './observability/serve-metrics.js';
import { providerTools } from './provider-tools.js';

/** Starts the gateway of this process's environment and stops it on SIGTERM or SIGINT: requests first, database last. */
async function main(): Promise<void> {
  const settings = readSettings();
  const masterKey = readMasterKey(settings).reveal();
  refuseUnfit(unfitForProduction(settings, masterKey));
  const { databaseUrl, dataDir } = settings;
  const stores = await openStores({
    ...(databaseUrl === undefined ? { dataDir } : { databaseUrl: databaseUrl.reveal() }),
    masterKey,
  });
  refuseUnfit(await unfitAccounts(stores, settings));
  const app = await createGateway({ settings, stores, providers, methods, tools: providerTools });
  stopOnSignal({ app, stores, settings });
  await app.listen(settings.port, settings.host);
  const { metricsPort } = settings;
  if (metricsPort !== undefined) await serveMetricsApart(metricsOf(app), metricsPort, settings.host);
  process.stdout.write(`Hutong gateway (${settings.role}) ready on ${settings.publicUrl}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
