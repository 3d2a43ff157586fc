import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { Secret } from './secret.js';

/** Which half of the gateway this process is. */
export type Role = 'both' | 'api' | 'worker';

/** Everything that the environment may say, read once at start. */
export interface Settings {
  readonly production: boolean;
  /** Whether Node verifies certificates: false under `NODE_TLS_REJECT_UNAUTHORIZED=0`. */
  readonly verifiesCertificates: boolean;
  /** Address that servers listen on. */
  readonly host: string;
  readonly port: number;
  readonly sandboxPort: number;
  readonly storefrontPort: number;
  /** Base of absolute URLs that the gateway builds, without a trailing slash. */
  readonly publicUrl: string;
  readonly sandboxPublicUrl: string;
  /** Addresses and CIDR ranges whose `X-Forwarded-For` is believed, and nobody else's. */
  readonly trustedProxies: readonly string[];
  /** Absolute path of the folder for the embedded database, keys and sandbox accounts. */
  readonly dataDir: string;
  /** Absent: the embedded database under `dataDir`. Secret, because it may hold a password. */
  readonly databaseUrl: Secret<string> | undefined;
  readonly role: Role;
  /** `sandbox`: business time follows the sandbox's clock; never in production. */
  readonly clock: 'system' | 'sandbox';
  readonly logLevel: string;
  /** How many days back the worker reconciles by itself what it missed, 1 to 90. */
  readonly reconcileDays: number;
  /** A listener of its own for `/metrics`; absent: it is on the public one. */
  readonly metricsPort: number | undefined;
  /** How long a process that is asked to stop says so at `/health/ready` before it stops accepting, ms. */
  readonly shutdownGraceMs: number;
  /** How long it may take from the signal to the end, ms; what still runs then is cut off. */
  readonly shutdownDeadlineMs: number;
}

/** The environment says something that can't be; the message names the variable and what it accepts. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Oldest Node that the services run on. */
const OLDEST_NODE = [22, 12] as const;

/** Reads the environment. @throws InvalidEnvironment, also on a Node that is too old */
export function readSettings(env: Environment = process.env, node: string = process.versions.node): Settings {
  requireNode(node);
  const production = env['NODE_ENV'] === 'production';
  const port = portOf(env, 'PORT', 3000);
  const sandboxPort = portOf(env, 'SANDBOX_PORT', 4000);
  const settings: Settings = {
    production,
    verifiesCertificates: env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0',
    host: env['HOST'] ?? '127.0.0.1',
    port,
    sandboxPort,
    storefrontPort: portOf(env, 'STOREFRONT_PORT', 3100),
    publicUrl: urlOf(env, 'HUTONG_PUBLIC_URL', `http://127.0.0.1:${port}`),
    sandboxPublicUrl: urlOf(env, 'SANDBOX_PUBLIC_URL', `http://127.0.0.1:${sandboxPort}`),
    trustedProxies: addressesOf(env, 'HUTONG_TRUSTED_PROXIES'),
    dataDir: resolve(env['HUTONG_DATA_DIR'] ?? '.hutong'),
    databaseUrl: databaseUrlOf(env),
    role: oneOf(env, 'HUTONG_ROLE', ['both', 'api', 'worker'], 'both'),
    clock: oneOf(env, 'HUTONG_CLOCK', ['system', 'sandbox'], 'system'),
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    reconcileDays: numberOf(env, 'HUTONG_RECONCILE_DAYS', 7, 'a number of days', 90),
    metricsPort: (env['METRICS_PORT'] ?? '') === '' ? undefined : portOf(env, 'METRICS_PORT', 0),
    shutdownGraceMs: millisecondsOf(env, 'SHUTDOWN_GRACE_MS', production ? 5_000 : 0),
    shutdownDeadlineMs: millisecondsOf(env, 'SHUTDOWN_DEADLINE_MS', 25_000),
  };
  if (settings.metricsPort === settings.port) {
    throw new InvalidEnvironment('METRICS_PORT must be another port than PORT.');
  }
  if (settings.shutdownDeadlineMs <= settings.shutdownGraceMs) {
    throw new InvalidEnvironment('SHUTDOWN_DEADLINE_MS must be longer than SHUTDOWN_GRACE_MS.');
  }
  if (settings.role === 'worker' && settings.databaseUrl === undefined) {
    throw new InvalidEnvironment(
      'HUTONG_ROLE=worker needs DATABASE_URL: the embedded database serves one process only.',
    );
  }
  if (production && settings.clock === 'sandbox') {
    throw new InvalidEnvironment('HUTONG_CLOCK=sandbox is refused with NODE_ENV=production.');
  }
  return settings;
}

/**
 * The key that seals account secrets: `HUTONG_MASTER_KEY` (32 bytes as base64), or in development one kept in the data
 * directory, made at first use, readable by its owner only.
 * @throws InvalidEnvironment when it is missing in production or has another length
 */
export function readMasterKey(settings: Settings, env: Environment = process.env): Secret<Buffer> {
  const given = env['HUTONG_MASTER_KEY'];
  if (given !== undefined) return keyOf(given, 'HUTONG_MASTER_KEY');
  if (settings.production) {
    throw new InvalidEnvironment('HUTONG_MASTER_KEY is required in production: 32 random bytes as base64.');
  }
  const path = join(settings.dataDir, 'master.key');
  if (!existsSync(path)) {
    mkdirSync(settings.dataDir, { recursive: true });
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  }
  chmodSync(path, 0o600);
  return keyOf(readFileSync(path, 'utf8').trim(), path);
}

function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new InvalidEnvironment(`Hutong needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${version}.`);
}

function keyOf(text: string, from: string): Secret<Buffer> {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new InvalidEnvironment(`${from} must hold 32 bytes as base64.`);
  return new Secret(key);
}

function portOf(env: Environment, name: string, fallback: number): number {
  return numberOf(env, name, fallback, 'a port', 65_535);
}

function numberOf(env: Environment, name: string, fallback: number, what: string, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > max)
    throw new InvalidEnvironment(`${name} must be ${what}, 1 to ${max}.`);
  return number;
}

function millisecondsOf(env: Environment, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,6}$/.test(text)) throw new InvalidEnvironment(`${name} must be milliseconds, 0 to 999999.`);
  return Number(text);
}

function urlOf(env: Environment, name: string, fallback: string): string {
  const text = env[name] ?? fallback;
  if (!URL.canParse(text) || !/^https?:\/\//.test(text))
    throw new InvalidEnvironment(`${name} must be an http(s) URL.`);
  return text.replace(/\/+$/, '');
}

function addressesOf(env: Environment, name: string): readonly string[] {
  const text = (env[name] ?? '').trim();
  const all = text === '' ? [] : text.split(',').map((it) => it.trim());
  const wrong = all.find((it) => !isAddressOrRange(it));
  if (wrong === undefined) return all;
  throw new InvalidEnvironment(
    `${name} must be addresses or ranges with commas between, such as 10.0.0.0/8,fd00::1, none of them everybody; "${wrong}" is not.`,
  );
}

function isAddressOrRange(text: string): boolean {
  const [, address = '', prefix] = /^([^/%]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return bits !== undefined && Number(prefix ?? bits) <= bits;
}

function databaseUrlOf(env: Environment): Secret<string> | undefined {
  const text = env['DATABASE_URL'];
  if (text === undefined || text === '') return undefined;
  if (!/^postgres(ql)?:\/\//.test(text)) throw new InvalidEnvironment('DATABASE_URL must be a postgresql:// URL.');
  return new Secret(text);
}

function oneOf<T extends string>(env: Environment, name: string, accepted: readonly T[], fallback: T): T {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const found = accepted.find((value) => value === text);
  if (found === undefined) throw new InvalidEnvironment(`${name} must be one of ${accepted.join(', ')}.`);
  return found;
}
