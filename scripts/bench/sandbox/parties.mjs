import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../processes.mjs';
import { freePort } from '../../free-port.mjs';
import { isReady } from '../../servers.mjs';
import { Party, pinned } from '../parts/party.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The built sandbox, with a voice added that tells its heap. */
export async function startSandbox(core) {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-bench-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const env = { ...process.env, HUTONG_DATA_DIR: dataDir, SANDBOX_PORT: String(port) };
  const execArgv = ['--expose-gc', '--import', here('heap-voice.mjs')];
  const party = new Party(pinned(join(root, 'apps/sandbox/dist/main.js'), core, { env, execArgv }));
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (party.child.exitCode !== null) throw new Error(`The sandbox ended with ${party.child.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Object.assign(party, { url });
}

export async function startMerchant(core, url) {
  const party = new Party(pinned(here('merchant.mjs'), core));
  await party.ask({ url });
  return party;
}

export async function startSigner(core) {
  return new Party(pinned(here('signer.mjs'), core));
}
