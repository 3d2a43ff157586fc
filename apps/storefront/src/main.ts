import { readSettings } from '@hutong/settings';
import { readShopKeys } from './shop-keys.js';
import { createStorefront } from './storefront.js';
import { webhookSecretsOf } from './webhook-secrets.js';

/** Opens the shops of this process's environment and closes them on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { host, storefrontPort, publicUrl, sandboxPublicUrl, dataDir } = readSettings();
  const baseUrl = `http://127.0.0.1:${storefrontPort}`;
  const keys = readShopKeys(dataDir);
  const parts = { baseUrl, gatewayUrl: publicUrl, sandboxUrl: sandboxPublicUrl, keys };
  const server = createStorefront({ ...parts, webhookSecrets: await webhookSecretsOf(parts) });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
  await server.listen({ host, port: storefrontPort });
  process.stdout.write(`Hutong storefront ready on ${baseUrl}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
