import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providers } from '@hutong/gateway';
import { applySeed, hashKey, keyPrefix, mintKey, newId, type Stores } from '@hutong/payment-core';
import { openStores } from '@hutong/payment-store';
import { createSandbox, type FaultRule, type Sandbox } from '@hutong/sandbox';
import pg from 'pg';
import { freePort } from '../../../scripts/free-port.mjs';
import type { OwnServer } from '../../../scripts/postgres.mjs';
import { seedsForTests } from '../../e2e/support/seeds.ts';
import type { KillPlan } from './kill-plan.ts';
import { Line } from './line.ts';
import { watchTransitions } from './transitions.ts';
import { Gateway } from './process.ts';
import { Receiver } from './receiver.ts';
import { Shop } from './shop.ts';

export type Role = 'both' | 'api' | 'worker';

export interface CellOptions {
  /** One process each. */
  readonly roles: readonly Role[];
  readonly saboteur?: string;
  /** The gateways reach the database over a line that can be cut. */
  readonly cuttable?: boolean;
}

export const APPS = ['eleme', 'taocaicai', 'pinduoduo', 'hema'] as const;

/** Gateways read the clock four times a second. */
const FOLLOWED_AFTER_MS = 600;

/** What all cells of a run share. */
export class Ground {
  readonly folder = mkdtempSync(join(tmpdir(), 'hutong-faults-'));
  readonly server: OwnServer;
  #made = 0;
  #template: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(server: OwnServer) {
    this.server = server;
  }

  /** An empty, migrated database with a memory of every change of state. */
  async database(): Promise<string> {
    this.#template ??= this.#makeTemplate();
    await this.#template;
    // One copy at a time: Postgres lets nobody else at a template.
    const made = this.#last.then(() => this.#create(`faults_${++this.#made}`, 'faults_template'));
    this.#last = made.catch(() => undefined);
    return made;
  }

  async drop(url: string): Promise<void> {
    await once(this.server.url, `DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #makeTemplate(): Promise<void> {
    const url = await this.#create('faults_template', 'template0');
    const stores = await openStores({ databaseUrl: url, masterKey: randomBytes(32) });
    await stores.close();
    await once(url, watchTransitions);
  }

  async #create(name: string, template: string): Promise<string> {
    await once(this.server.url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
    const url = new URL(this.server.url);
    url.pathname = `/${name}`;
    return url.toString();
  }
}

async function once(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * A whole Hutong to hurt: wallets in this process, the database on a real Postgres, gateways in processes of their own
 * behind one address, shops with their receivers. A gateway that dies is started again.
 */
export class Cell {
  /** To the gateways: shops and wallets know one address. */
  readonly front = new Line();
  /** To the database, where the cell is cuttable. */
  readonly wire = new Line();
  /** To the wallets. */
  readonly wallets: Line;
  readonly receiver = new Receiver();
  readonly shops = new Map<string, Shop>();
  gateways: Gateway[] = [];
  restarts = 0;
  #closing = false;
  #advancedAt = 0;
  #spares = new Map<Role, Gateway>();
  #reviving = new Set<Promise<void>>();
  #pool: pg.Pool;
  readonly #masterKey = randomBytes(32).toString('base64');
  readonly ground: Ground;
  readonly databaseUrl: string;
  readonly sandbox: Sandbox;
  readonly sandboxUrl: string;
  readonly options: CellOptions;

  private constructor(parts: Pick<Cell, 'ground' | 'databaseUrl' | 'sandbox' | 'wallets' | 'options'>) {
    this.ground = parts.ground;
    this.databaseUrl = parts.databaseUrl;
    this.sandbox = parts.sandbox;
    this.wallets = parts.wallets;
    this.sandboxUrl = `http://127.0.0.1:${parts.wallets.port}`;
    this.options = parts.options;
    this.#pool = new pg.Pool({ connectionString: parts.databaseUrl, max: 4 });
    this.#pool.on('error', () => undefined);
  }

  static async open(ground: Ground, options: CellOptions): Promise<Cell> {
    const databaseUrl = await ground.database();
    const wallets = new Line();
    const publicUrl = `http://127.0.0.1:${await wallets.listen()}`;
    const port = await freePort();
    const sandbox = await createSandbox({ dataDir: join(ground.folder, 'keys'), publicUrl, port });
    await sandbox.listen();
    wallets.targets = [port];
    const cell = new Cell({ ground, databaseUrl, sandbox, wallets, options });
    await Promise.all([cell.front.listen(), cell.wire.listen(), cell.receiver.listen()]);
    cell.wire.targets = [ground.server.port];
    await cell.#seed();
    await cell.#startAll();
    for (const shop of cell.shops.values()) await shop.listenTo(cell.receiver);
    return cell;
  }

  get url(): string {
    return `http://127.0.0.1:${this.front.port}`;
  }

  /** Business time. */
  now(): Date {
    return this.sandbox.clock.now();
  }

  /** Below the stores. Asked again when the server was away. */
  async rows<T>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    for (let tries = 1; ; tries++) {
      try {
        return (await this.#pool.query(sql, [...values])).rows as T[];
      } catch (error) {
        if (tries === 20 || (error as { readonly severity?: string }).severity === 'ERROR') throw error;
        await pause(250);
      }
    }
  }

  async advance(ms: number): Promise<void> {
    await this.sandbox.clock.advance(ms);
    this.#advancedAt = Date.now();
  }

  /** Resolves once the gateways have had time to read the clock since it was advanced: until then theirs is slow. */
  async followed(): Promise<void> {
    await pause(Math.max(0, this.#advancedAt + FOLLOWED_AFTER_MS - Date.now()));
  }

  shop(app: (typeof APPS)[number]): Shop {
    return this.shops.get(app)!;
  }

  faults(rules: readonly FaultRule[], seed = 1): void {
    this.sandbox.faults.set(rules, seed);
  }

  /** The wallets' control surface. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads the wire as it is
  async control(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
    const response = await fetch(`${this.sandboxUrl}/__sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Ends the process of this role at a point, with one in waiting to take its place. */
  async arm(plan: KillPlan, role: Role = this.gateways[0]!.role as Role): Promise<Gateway> {
    const gateway = this.gateways.find((it) => it.role === role && it.alive);
    if (gateway === undefined) throw new Error(`No ${role} runs here.`);
    if (plan.signal === 'SIGKILL') this.#prepareSpare(role);
    await gateway.arm(plan);
    return gateway;
  }

  async disarm(): Promise<void> {
    await this.revived();
    for (const gateway of this.gateways) await gateway.arm(undefined).catch(() => this.revived());
  }

  /** Kills whatever runs at this place; it is started again. */
  async killAt(index: number): Promise<void> {
    const gateway = this.gateways[index];
    if (gateway === undefined || !gateway.alive) return;
    this.#prepareSpare(gateway.role as Role);
    await gateway.kill();
  }

  /** Resolves once every process that died has a successor that answers. */
  async revived(): Promise<void> {
    while (this.#reviving.size > 0) await Promise.all(this.#reviving);
  }

  /** As though the database's clock had moved past every lease that is held now. */
  async passLeases(): Promise<void> {
    const columns = await this.rows<{ table: string }>(
      `SELECT table_name AS table FROM information_schema.columns WHERE column_name = 'leased_until' AND table_schema = 'public'`,
    );
    for (const { table } of columns)
      await this.rows(
        `UPDATE "${table}" SET leased_until = leased_until - interval '1 hour' WHERE leased_until > now()`,
      );
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.gateways, ...this.#spares.values()].map((it) => it.kill()));
    await this.sandbox.close();
    await Promise.all([
      this.front.close(),
      this.wire.close(),
      this.wallets.close(),
      this.receiver.close(),
      this.#pool.end(),
    ]);
    await this.ground.drop(this.databaseUrl);
  }

  /** For what a person would do in the admin API. */
  async withStores(work: (stores: Stores) => Promise<void>): Promise<void> {
    const masterKey = Buffer.from(this.#masterKey, 'base64');
    const stores = await openStores({ databaseUrl: this.databaseUrl, masterKey, migrate: false });
    try {
      await work(stores);
    } finally {
      await stores.close();
    }
  }

  async #seed(): Promise<void> {
    await this.withStores((stores) => this.#seedApps(stores));
  }

  async #seedApps(stores: Stores): Promise<void> {
    for (const seed of await seedsForTests(this.sandboxUrl, APPS)) {
      await applySeed(stores.config, providers, seed, { by: { actor: 'test' } });
      const key = mintKey('hk_test_');
      const { id: app } = seed.app;
      const row = { id: newId('key'), app, role: 'merchant', prefix: keyPrefix(key), createdAt: new Date() } as const;
      await stores.config.addKey(row, hashKey(key), { actor: 'test' });
      this.shops.set(app, new Shop({ url: this.url, app, key, now: () => this.now() }));
    }
  }

  async #startAll(): Promise<void> {
    this.gateways = await Promise.all(this.options.roles.map((role) => this.#start(role, this.#newGateway(role))));
    this.#point();
  }

  #newGateway(role: Role): Promise<Gateway> | Gateway {
    const spare = this.#spares.get(role);
    this.#spares.delete(role);
    return spare ?? this.#launch(role);
  }

  async #launch(role: Role): Promise<Gateway> {
    const port = await freePort();
    const database = new URL(this.databaseUrl);
    if (this.options.cuttable === true) database.port = String(this.wire.port);
    const env = {
      PORT: String(port),
      DATABASE_URL: database.toString(),
      HUTONG_ROLE: role,
      HUTONG_PUBLIC_URL: this.url,
      SANDBOX_PUBLIC_URL: this.sandboxUrl,
      HUTONG_CLOCK: 'sandbox',
      HUTONG_MASTER_KEY: this.#masterKey,
      HUTONG_DATA_DIR: this.ground.folder,
      LOG_LEVEL: 'warn',
      ...(this.options.saboteur === undefined ? {} : { SABOTEUR: this.options.saboteur }),
    };
    return new Gateway(role, port, env, join(this.ground.folder, `${new URL(this.databaseUrl).pathname.slice(1)}.log`));
  }

  /** Its modules are read while the one before it still runs. */
  #prepareSpare(role: Role): void {
    if (this.#spares.has(role)) return;
    void this.#launch(role).then((spare) => (this.#closing ? spare.kill() : void this.#spares.set(role, spare)));
  }

  async #start(role: Role, launched: Promise<Gateway> | Gateway): Promise<Gateway> {
    const gateway = await launched;
    await gateway.go();
    void gateway.ended.then(() => this.#mourn(role, gateway));
    return gateway;
  }

  /** Its place is taken by another one, whose requests then find their leases free. */
  #mourn(role: Role, dead: Gateway): void {
    if (this.#closing) return;
    this.restarts += 1;
    this.#point();
    const reviving = this.#revive(role, dead).finally(() => this.#reviving.delete(reviving));
    this.#reviving.add(reviving);
  }

  async #revive(role: Role, dead: Gateway): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        const next = await this.#start(role, this.#newGateway(role));
        this.gateways = this.gateways.map((it) => (it === dead ? next : it));
        return this.#point();
      } catch (error) {
        if (tries === 20 || this.#closing) throw error;
        await pause(500);
      }
    }
  }

  #point(): void {
    this.front.targets = this.gateways.filter((it) => it.alive && it.role !== 'worker').map(({ port }) => port);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
