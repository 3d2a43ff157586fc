import { readFileSync } from 'node:fs';
import type { AccountView } from '@hutong/payment-core';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { CannotRun, type Configuration } from '../configuration.js';
import { connect, type ConnectOptions } from '../connect.js';
import { nextSteps, stepOf } from '../public-key-migration.js';
import { withConnection } from './connection-options.js';

interface PublicKeyOptions extends ConnectOptions {
  readonly ref?: string;
  readonly id?: string;
  readonly publicKey?: string;
  readonly finish?: boolean;
  readonly confirmed?: boolean;
  readonly dryRun?: boolean;
}

export function registerAccounts(program: Command): void {
  const accounts = program.command('accounts').description("show and change an app's accounts at its providers");
  withConnection(accounts.command('list').argument('[app]', 'default: every app'))
    .description('show the accounts, without their secrets')
    .action((app: string | undefined, options: ConnectOptions) => using(options, (it) => list(it, app)));
  withConnection(accounts.command('public-key').argument('<app>'))
    .description(
      "guide a WeChat Pay account from platform certificates to WeChat Pay's public key; taking payments all the time",
    )
    .option('--ref <ref>', 'which of its accounts, where it has several')
    .option('--id <id>', 'of the public key, as the merchant platform shows it: PUB_KEY_ID_…')
    .option('--public-key <file>', 'the pub_key.pem that the merchant platform offers')
    .option('--finish', 'drop the certificates')
    .option('--confirmed', 'the merchant platform says that the switch is complete')
    .option('--dry-run', 'tell what would change and write nothing')
    .action((app: string, options: PublicKeyOptions) => using(options, (it) => publicKey(it, app, options)));
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
  const apps = app === undefined ? await configuration.listApps() : [app];
  const table = new Table({
    head: ['app', 'provider', 'ref', 'version', 'made', 'id'],
    style: { head: [], border: [] },
  });
  for (const owner of apps) {
    for (const { provider, ref, version, createdAt, id } of await configuration.listAccounts(owner))
      table.push([owner, provider, ref, version, createdAt.toISOString(), id]);
  }
  console.log(table.length === 0 ? 'no accounts' : table.toString());
}

/** Changes what the options ask for, asks WeChat Pay who signs now, and says what comes next. */
async function publicKey(configuration: Configuration, app: string, options: PublicKeyOptions): Promise<void> {
  const before = await wechatAccount(configuration, app, options.ref);
  if (options.finish === true) await requireReady(configuration, before, options);
  const account = await changed(configuration, before, changeOf(options), options.dryRun ?? false);
  const signer = await configuration.askSigner(account.app, account.id);
  console.log(
    `WeChat Pay signs its answers with ${signer.kind === 'certificate' ? 'certificate' : 'public key'} ${signer.name}`,
  );
  const command = `hutong accounts public-key ${app}${options.ref === undefined ? '' : ` --ref ${options.ref}`}`;
  for (const line of nextSteps(stepOf(account), signer, command)) console.log(line);
}

async function wechatAccount(configuration: Configuration, app: string, ref: string | undefined): Promise<AccountView> {
  const accounts = (await configuration.listAccounts(app)).filter(({ provider }) => provider === 'wechat_pay');
  const named = accounts.filter((account) => ref === undefined || account.ref === ref);
  const [account] = named;
  if (account !== undefined && named.length === 1) return account;
  const refs = accounts.map((it) => it.ref).join(', ');
  if (refs === '') throw new CannotRun(`${app} has no account at WeChat Pay.`);
  throw new CannotRun(`Say with --ref which account of ${app} you mean: ${refs}.`);
}

/** Certificates go only when nothing needs them: answers follow the public key, and a person has looked at the console. */
async function requireReady(
  configuration: Configuration,
  account: AccountView,
  options: PublicKeyOptions,
): Promise<void> {
  if (stepOf(account) === 'certificates_only')
    throw new CannotRun('There is no public key yet: give it first, with --id and --public-key.');
  const signer = await configuration.askSigner(account.app, account.id);
  if (signer.kind === 'certificate')
    throw new CannotRun(
      `WeChat Pay still signs with certificate ${signer.name}: turn the switch on, and wait until it is complete.`,
    );
  if (options.confirmed !== true)
    throw new CannotRun(
      'Notifications may still come signed with a certificate for seven days. When the merchant platform says that the switch is complete, add --confirmed.',
    );
}

function changeOf({ id, publicKey: file, finish }: PublicKeyOptions): Record<string, unknown> {
  if (finish === true) return { platform_certificates: [] };
  if (id === undefined && file === undefined) return {};
  if (id === undefined || file === undefined)
    throw new CannotRun('The public key and its id belong together: give both --id and --public-key.');
  return { public_key_id: id, public_key: read(file) };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CannotRun(`${file} cannot be read.`);
  }
}

async function changed(
  configuration: Configuration,
  before: AccountView,
  settings: Record<string, unknown>,
  dryRun: boolean,
): Promise<AccountView> {
  if (Object.keys(settings).length === 0) return before;
  const { account, changed: names } = await configuration.changeAccount(before.app, before.id, settings, dryRun);
  if (names.length === 0) console.log('no changes');
  else if (dryRun) console.log(`would change ${names.join(', ')} in version ${before.version + 1}`);
  else
    console.log(
      `changed ${names.join(', ')}: ${account.provider}/${account.ref} of ${account.app} is at version ${account.version}`,
    );
  return account;
}
