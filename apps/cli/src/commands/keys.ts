import { ADMIN_ROLES, APP_ROLES, type KeyRole } from '@hutong/payment-core';
import type { Command } from 'commander';
import { CannotRun, type Configuration } from '../configuration.js';
import type { ConnectOptions } from '../connect.js';
import { plainTable } from '../plain-table.js';
import { withConnection } from './connection-options.js';
import { requireApp } from './require-app.js';
import { using } from './using.js';

/** In place of an app's id: the keys of the admin API. */
const ADMIN = 'admin';

const ROLES = `
Roles of an app: merchant calls everything (default), reader only reads.
Roles of \`${ADMIN}\`: viewer only reads (default), editor also changes apps and options, owner also accounts and keys.`;

interface CreateOptions extends ConnectOptions {
  readonly role?: string;
}

export function registerKeys(program: Command): void {
  const keys = program.command('keys').description(`list, make and revoke the keys of an app (or of \`${ADMIN}\`)`);
  withConnection(keys.command('list').argument('[app]', 'default: every app'))
    .description('show the keys, without their secrets')
    .action((app: string | undefined, options: ConnectOptions) => using(options, (it) => list(it, app)));
  withConnection(keys.command('create').argument('<app>'))
    .description('make a key and print it, this once')
    .option('--role <role>', `${APP_ROLES.join(' or ')} of an app, ${ADMIN_ROLES.join(', ')} of \`${ADMIN}\``)
    .addHelpText('after', ROLES)
    .action((app: string, options: CreateOptions) => using(options, (it) => create(it, app, options.role)));
  withConnection(keys.command('revoke').argument('<app>').argument('<id>', 'as `keys list` shows it'))
    .description('make a key worthless at once')
    .action((app: string, id: string, options: ConnectOptions) => using(options, (it) => revoke(it, app, id)));
}

async function list(configuration: Configuration, app: string | undefined): Promise<void> {
  const owners = app === undefined ? await configuration.listApps() : [app];
  const rows: string[][] = [];
  for (const owner of owners) {
    for (const { id, prefix, role, createdAt, revokedAt } of await configuration.listKeys(ownerOf(owner))) {
      rows.push([owner, id, `${prefix}…`, role, createdAt.toISOString(), revokedAt?.toISOString() ?? '']);
    }
  }
  console.log(rows.length === 0 ? 'no keys' : plainTable(['app', 'id', 'key', 'role', 'made', 'revoked'], rows));
}

async function create(configuration: Configuration, app: string, wanted: string | undefined): Promise<void> {
  await requireApp(configuration, app, [ADMIN]);
  const { id, key } = await configuration.createKey(ownerOf(app), roleOf(app, wanted));
  console.log(`${key}\n(${id}; it is shown this once)`);
}

/** @throws CannotRun, naming the roles that there are */
export function roleOf(app: string, wanted: string | undefined): KeyRole | undefined {
  const roles: readonly KeyRole[] = app === ADMIN ? ADMIN_ROLES : APP_ROLES;
  const role = roles.find((it) => it === wanted);
  if (wanted === undefined || role !== undefined) return role;
  throw new CannotRun(`A key of ${app} can't have the role ${wanted}: it is one of ${roles.join(', ')}.`);
}

async function revoke(configuration: Configuration, app: string, id: string): Promise<void> {
  if (!(await configuration.revokeKey(ownerOf(app), id)))
    throw new CannotRun(`${app} has no key ${id}; \`hutong keys list ${app}\` shows those it has.`);
  console.log(`revoked ${id}`);
}

function ownerOf(app: string): string | null {
  return app === ADMIN ? null : app;
}
