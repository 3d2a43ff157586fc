import type { FastifyInstance } from 'fastify';
import { registerControl } from './control/control.js';
import { registerIndexPage } from './control/index-page.js';
import { Accounts } from './frame/accounts.js';
import { Cashier } from './frame/cashier.js';
import { Exchanges } from './frame/exchanges.js';
import { Faults } from './frame/faults.js';
import type { Frame } from './frame/frame.js';
import { Notifier } from './frame/notifier.js';
import { Outcomes } from './frame/outcomes.js';
import { Payers } from './frame/payers.js';
import { RequestLog } from './frame/request-log.js';
import { SandboxClock } from './frame/sandbox-clock.js';
import { rawServer } from './frame/server.js';
import type { SandboxState } from './frame/snapshot.js';
import { readSnapshot } from './frame/snapshot-file.js';
import { Snapshots } from './frame/snapshots.js';
import { Trades } from './frame/trades.js';
import { Vault } from './frame/vault.js';
import type { ConnectedWire, WireDefinition } from './frame/wire.js';
import { registerPhone } from './phone/phone.js';
import type { TlsAddress, TlsFront } from './tls/tls-front.js';
import { wires } from './wires.js';

export interface SandboxOptions {
  /** 0 (default): any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Answers with TLS there too, 0: any free port; absent: plain HTTP only. */
  readonly tlsPort?: number;
  /** Base of the URLs that the sandbox hands out; default: the address it listens on. */
  readonly publicUrl?: string;
  /** Folder for keys and accounts; absent: in memory only, new keys each time. */
  readonly dataDir?: string;
  /**
   * File that trades, refunds, payers, the clock's offset and what is on its way are read from at the start, if it is
   * there, and written to at `close`; absent: they end with the sandbox.
   */
  readonly snapshot?: string;
  /** Default: all of them. */
  readonly wires?: readonly WireDefinition[];
}

/** Offline wallets behind one port. */
export interface Sandbox extends Pick<
  Frame,
  'clock' | 'accounts' | 'trades' | 'payers' | 'notifier' | 'requests' | 'faults' | 'cashier'
> {
  /** Public base URL, without a trailing slash. @throws Error before `listen` when the port is any free one */
  readonly url: string;
  /** Where TLS is answered; undefined before `listen`, and without `tlsPort`. */
  readonly tls: TlsAddress | undefined;
  /** Starts answering; resolves with the base URL. */
  listen(): Promise<string>;
  /** Resolves once no notification or timed job is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Builds a sandbox: keys are made (or read) here, nothing listens yet. @throws SnapshotRefused */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const kept = options.snapshot === undefined ? undefined : readSnapshot(options.snapshot);
  const app = rawServer();
  let front: TlsFront | undefined;
  const frame = frameOf(app, options, () => front?.address.port);
  const connected = await connectWires(frame, options.wires ?? wires);
  const snapshot = new Snapshots(options.snapshot, frame, connected);
  if (kept !== undefined) snapshot.resume(kept as SandboxState);
  await app.register(async (scope) => registerControl(scope, frame, connected, snapshot), { prefix: '/__sandbox' });
  await app.register(async (scope) => registerPhone(scope, frame, connected));
  registerIndexPage(app, frame);
  for (const wire of connected) await app.register(async (scope) => wire.register(scope));
  let listened = false;
  return {
    ...frame,
    get url() {
      return frame.publicUrl();
    },
    get tls() {
      return front?.address;
    },
    async listen() {
      const { port = 0, host = '127.0.0.1', tlsPort } = options;
      await app.listen({ port, host });
      listened = true;
      if (tlsPort !== undefined) front = await tlsFront(app, frame, { port: tlsPort, host });
      return frame.publicUrl();
    },
    settled: () => frame.clock.settled(),
    async close() {
      await front?.close();
      await app.close();
      // One that never listened has nothing new to say, and may stand beside the one whose file it is.
      if (listened) snapshot.write();
      frame.clock.close();
      await frame.notifier.close();
    },
  };
}

/** Its certificates need a library that nobody else waits for. */
async function tlsFront(app: FastifyInstance, frame: Frame, at: { port: number; host: string }): Promise<TlsFront> {
  const { TlsFront: Front } = await import('./tls/tls-front.js');
  return Front.listen(app.server, frame.vault, at);
}

function frameOf(app: FastifyInstance, options: SandboxOptions, tlsPort: () => number | undefined): Frame {
  const clock = new SandboxClock();
  const vault = new Vault(options.dataDir);
  const payers = new Payers();
  const faults = new Faults();
  const requests = new RequestLog();
  const outcomes = new Outcomes();
  const publicUrl = (): string => options.publicUrl ?? addressOf(app);
  return {
    clock,
    vault,
    payers,
    faults,
    requests,
    accounts: new Accounts(vault),
    trades: new Trades(payers, clock),
    notifier: new Notifier(clock, faults),
    exchanges: new Exchanges(faults, requests, outcomes),
    cashier: new Cashier(outcomes),
    outcomes,
    publicUrl,
    secureUrl: () => secured(publicUrl(), tlsPort()),
  };
}

/** Each wire's place in the frame: its faults, its till, its accounts (made now, where they are missing). */
async function connectWires(frame: Frame, definitions: readonly WireDefinition[]): Promise<readonly ConnectedWire[]> {
  return Promise.all(
    definitions.map(async ({ provider, connect }) => {
      const wire = await connect(frame);
      frame.faults.connect(provider, wire.faults);
      frame.cashier.connect(provider, wire);
      await frame.accounts.connect(provider, wire.accounts);
      return Object.assign(wire, { provider });
    }),
  );
}

/** Where the same host answers TLS; an https base is that already. */
function secured(url: string, tlsPort: number | undefined): string | undefined {
  if (url.startsWith('https:')) return url;
  return tlsPort === undefined ? undefined : `https://${new URL(url).hostname}:${tlsPort}`;
}

function addressOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The sandbox is not listening yet: await listen() first.');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
