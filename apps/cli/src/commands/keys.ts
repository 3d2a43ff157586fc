import Table from 'cli-table3';
import type { Command } from 'commander';
import { CannotRun, type Configuration } from '../configuration.js';
import { connect, type ConnectOptions } from '../connect.js';
import { withConnection } from './connection-options.js';

/** In place of an app's id: the keys of the admin API. */
const ADMIN = 'admin';

export function registerKeys(program: Command): void {
  const keys = program.command('keys').description(`list, make and revoke the keys of an app (or of \`${ADMIN}\`)`);
  withConnection(keys.command('list').argument('[app]', 'default: every app'))
    .description('show the keys, without their secrets')
    .action((app: string | undefined, options: ConnectOptions) => using(options, (it) => list(it, app)));
  withConnection(keys.command('create').argument('<app>'))
    .description('make a key and print it, this once')
    .action((app: string, options: ConnectOptions) => using(options, (it) => create(it, app)));
  withConnection(keys.command('revoke').argument('<app>').argument('<id>', 'as `keys list` shows it'))
    .description('make a key worthless at once')
    .action((app: string, id: string, options: ConnectOptions) => using(options, (it) => revoke(it, app, id)));
}

async function using(options: ConnectOptions, work: (configuration: Configuration) => Promise<void>): Promise<void> {
  const { configuration } = await connect(options);
  try {
    await work(configuration);
  } finally {
    await configuration.close();
  }
}

async function list(configuration: Configuration, app: string | undefined): Promise<void> {
  const owners = app === undefined ? await configuration.listApps() : [app];
  const table = new Table({ head: ['app', 'id', 'key', 'made', 'revoked'], style: { head: [], border: [] } });
  for (const owner of owners) {
    for (const key of await configuration.listKeys(ownerOf(owner))) {
      table.push([owner, key.id, `${key.prefix}…`, key.createdAt.toISOString(), key.revokedAt?.toISOString() ?? '']);
    }
  }
  console.log(table.length === 0 ? 'no keys' : table.toString());
}

async function create(configuration: Configuration, app: string): Promise<void> {
  await requireApp(configuration, app);
  const { id, key } = await configuration.createKey(ownerOf(app));
  console.log(`${key}\n(${id}; it is shown this once)`);
}

async function revoke(configuration: Configuration, app: string, id: string): Promise<void> {
  if (!(await configuration.revokeKey(ownerOf(app), id)))
    throw new CannotRun(`${app} has no key ${id}; \`hutong keys list ${app}\` shows those it has.`);
  console.log(`revoked ${id}`);
}

async function requireApp(configuration: Configuration, app: string): Promise<void> {
  const apps = [...(await configuration.listApps()), ADMIN];
  if (!apps.includes(app)) throw new CannotRun(`No app ${app}. There are ${apps.join(', ')}.`);
}

function ownerOf(app: string): string | null {
  return app === ADMIN ? null : app;
}
