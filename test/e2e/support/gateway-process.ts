import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { providers } from '@hutong/gateway';
import { applySeed, hashKey, keyPrefix, mintKey, newId, type Stores } from '@hutong/payment-core';
import { openStores } from '@hutong/payment-store';
import { Merchant } from './merchant.js';
import { seedsForTests } from './seeds.js';
import { freePort } from '../../../scripts/free-port.mjs';

const ROOT = join(import.meta.dirname, '../../..');

/** Builds what changed, so that the program that runs is the one that ships. */
export async function buildGateway(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT });
}

export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string | null;
  readonly output: string;
}

/** A gateway in a process of its own, on an embedded database of its own that is seeded with one app. */
export interface GatewayProcess {
  readonly url: string;
  readonly merchant: Merchant;
  /** Starts it and waits until it is ready. */
  start(): Promise<void>;
  signal(name: 'SIGTERM' | 'SIGINT'): void;
  readonly ended: Promise<Ended>;
  /** The stores, once it has ended. */
  stores(): Promise<Stores>;
  /** Ends what still runs, and leaves nothing behind. */
  remove(): Promise<void>;
}

/** A data directory that is seeded with one app, to be copied for each process. */
export interface SeededData {
  readonly folder: string;
  readonly masterKey: Buffer;
  readonly key: string;
}

export async function seededData(app: string, sandboxUrl: string): Promise<SeededData> {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-seeded-'));
  const masterKey = randomBytes(32);
  const key = await seeded(await openStores({ dataDir: folder, masterKey }), app, sandboxUrl);
  return { folder, masterKey, key };
}

export async function gatewayProcess(
  { folder, masterKey, key }: SeededData,
  sandboxUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-process-'));
  cpSync(folder, dataDir, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const stores = () => openStores({ dataDir, masterKey });
  const ending = Promise.withResolvers<Ended>();
  let child: ChildProcess | undefined;
  return {
    url,
    merchant: new Merchant(url, key),
    ended: ending.promise,
    stores,
    async start() {
      child = spawn(process.execPath, [join(ROOT, 'apps/gateway/dist/main.js')], {
        env: {
          PATH: process.env['PATH'],
          PORT: String(port),
          HUTONG_DATA_DIR: dataDir,
          HUTONG_MASTER_KEY: masterKey.toString('base64'),
          SANDBOX_PUBLIC_URL: sandboxUrl,
          LOG_LEVEL: 'warn',
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
      child.once('close', (code, signal) => ending.resolve({ code: code ?? signal, output }));
      await Promise.race([untilReady(url), ending.promise]);
    },
    signal: (name) => void child?.kill(name),
    async remove() {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await ending.promise;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function seeded(stores: Stores, app: string, sandboxUrl: string): Promise<string> {
  const by = { actor: 'test' };
  for (const seed of await seedsForTests(sandboxUrl, [app])) await applySeed(stores.config, providers, seed, { by });
  const key = mintKey('hk_test_');
  const kept = { id: newId('key'), app, role: 'merchant' as const, prefix: keyPrefix(key), createdAt: new Date() };
  await stores.config.addKey(kept, hashKey(key), by);
  await stores.close();
  return key;
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No gateway is ready at ${url}.`);
}
