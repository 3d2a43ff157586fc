/**
 * `npm start`: builds what changed, starts the sandbox, migrates and seeds the database, starts the gateway, opens the shops,
 * and stays until Ctrl-C. The second start only does what is left to do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode, root, runNode } from './processes.mjs';
import { CannotStart, requireFreePorts, Servers } from './servers.mjs';

/** Where an app's list says most; elsewhere `app`. */
const SCENES = { taote: 'desktop_web' };

requireNode();
try {
  await start();
} catch (error) {
  const mendable = error instanceof CannotStart || ['ProcessFailed', 'InvalidEnvironment'].includes(error.name);
  console.error(mendable ? error.message : error);
  process.exit(1);
}

async function start() {
  await runNode(['scripts/build.mjs']);
  const { readSettings } = await import(pathToFileURL(join(root, 'libs/settings/dist/index.js')).href);
  const settings = readSettings(process.env);
  await requireFreePorts(settings);
  const servers = new Servers(settings, process.env);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void leave(servers, signal));
  try {
    await servers.start();
    greet(settings, await servers.openShops());
    await servers.death;
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

async function leave(servers, signal) {
  await servers.stop(signal);
  process.exit(0);
}

function greet({ publicUrl, sandboxPublicUrl, dataDir }, shopsUrl) {
  const path = join(dataDir, 'keys.json');
  const { apps } = JSON.parse(readFileSync(path, 'utf8'));
  const widest = Math.max(...Object.keys(apps).map((app) => app.length));
  console.log(`\nHutong is ready after ${(performance.now() / 1_000).toFixed(1)} s: ${publicUrl}/docs\n`);
  console.log(`The thirteen shops: ${shopsUrl}/ (pay with the phone of the sandbox: ${sandboxPublicUrl}/)\n`);
  console.log(`What the payers of each app may choose (keys are in ${path}):\n`);
  for (const [app, key] of Object.entries(apps)) {
    const url = `${publicUrl}/v1/payment-methods?amount=1299&currency=CNY&scene=${SCENES[app] ?? 'app'}`;
    console.log(`${app.padEnd(widest)}  curl -s -H 'Authorization: Bearer ${key}' '${url}'`);
  }
  console.log('\nCtrl-C stops everything.');
}
