/**
 * `npm run demo`: walks every seeded app through option list → checkout → paid → refund. It uses the servers that run; else
 * it starts its own, on free ports and with a data directory that is thrown away. Any wrong step is named and ends it with 1.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode, root, runNode } from './processes.mjs';
import { freePort } from './free-port.mjs';
import { CannotStart, isReady, Servers } from './servers.mjs';

requireNode();
try {
  process.exitCode = (await demo()) === 0 ? 0 : 1;
} catch (error) {
  const mendable = error instanceof CannotStart || ['ProcessFailed', 'InvalidEnvironment'].includes(error.name);
  console.error(mendable ? error.message : error);
  process.exitCode = 1;
}

/** @returns how many steps were wrong */
async function demo() {
  await runNode(['scripts/build.mjs']);
  const { readSettings } = await import(pathToFileURL(join(root, 'libs/settings/dist/index.js')).href);
  const given = readSettings(process.env);
  if ((await isReady(given.publicUrl)) && (await isReady(given.sandboxPublicUrl))) return walkAll(given);
  return withOwnServers(readSettings, walkAll);
}

async function withOwnServers(readSettings, work) {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-demo-'));
  const env = {
    PATH: process.env.PATH,
    HUTONG_DATA_DIR: dataDir,
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
  };
  const settings = readSettings(env);
  const servers = new Servers(settings, env);
  const leave = (signal) => void servers.stop(signal).then(() => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, leave);
  console.log('starting a sandbox and a gateway for this demo');
  try {
    await servers.start();
    return await Promise.race([work(settings), servers.death]);
  } finally {
    await servers.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function walkAll({ publicUrl, sandboxPublicUrl, dataDir }) {
  const [{ payersPhone }, { demonstrate }, { printApp }, { story }, { parse }] = await Promise.all([
    import('./demo/http.mjs'),
    import('./demo/app-demo.mjs'),
    import('./demo/report.mjs'),
    import('./demo/story.mjs'),
    import('yaml'),
  ]);
  const keys = keysIn(dataDir);
  const phone = payersPhone(sandboxPublicUrl);
  const wrong = [];
  let walked = 0;
  for (const seed of seeds(parse)) {
    const { app, name } = seed;
    const key = keys[app];
    if (key === undefined)
      throw new CannotStart(`keys.json in ${dataDir} has no key for ${app}: run \`npx hutong seed\`.`);
    const result = await demonstrate({ app, key, gateway: publicUrl, phone, facts: story[app] });
    printApp(`${name['zh-CN']} ${name.en}`, result);
    walked += result.walks.length;
    wrong.push(
      ...result.walks
        .filter(({ error }) => error)
        .map(({ method, scene, error }) => `${app} ${method} in ${scene}: ${error.message}`),
    );
    wrong.push(...result.errors.map((error) => `${app}: ${error.message}`));
  }
  console.log(`\n${walked} checkouts from list to full refund, ${wrong.length} wrong steps`);
  for (const step of wrong) console.error(`✗ ${step}`);
  return wrong.length;
}

function keysIn(dataDir) {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')).apps;
  } catch {
    throw new CannotStart(
      `No keys.json in ${dataDir}: set HUTONG_DATA_DIR to the one of the running gateway, or stop it and run this again.`,
    );
  }
}

function seeds(parse) {
  const folder = join(root, 'prisma/seed');
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => parse(readFileSync(join(folder, file), 'utf8')));
}
