import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { AccountQuestion } from '@hutong/payment-core';
import type { Diagnosis, FailingMessage } from '@hutong/payment-port';
import { readSettings } from '@hutong/settings';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CannotRun } from '../configuration.js';
import { gatewayInstallation, type ConnectOptions } from '../connect.js';
import { readAccountFile } from '../doctor/account-file.js';
import { checkUp } from '../doctor/check-up.js';
import { addressOf, openExamination } from '../doctor/examination.js';
import { providerOf, readHttpMessage } from '../doctor/http-message.js';
import { checkUpTable, diagnosisText } from '../doctor/report.js';
import { withConnection } from './connection-options.js';

interface DoctorOptions extends ConnectOptions {
  readonly app?: string;
  readonly provider?: string;
  readonly ref?: string;
  readonly settings?: string;
  readonly kind?: FailingMessage['kind'];
  readonly at?: Date;
  readonly json?: boolean;
}

const HELP = `
Without a message it looks at the running set-up: gateway, sandbox, clocks, and each app's accounts with a signed query.

With one it says which known cause fits a signature that fails, in either direction:
  hutong doctor request.txt --app taote               the keys of the app's account, which stay in the gateway
  hutong doctor - --settings account.yaml             keys of your own; nothing is sent anywhere
A message is a request or status line, the headers, an empty line and the body, as they travelled (a link, an order
string, a form or a JSON answer of Alipay may stand alone). The exit code is 1 when something is wrong. All causes:
docs/doctor.md.`;

export function registerDoctor(program: Command): void {
  withConnection(program.command('doctor'))
    .description('say what is wrong with the set-up, or which known cause fits a signature that fails')
    .argument('[message]', 'a file with the failing message, - for standard input')
    .option('--app <app>', 'whose account (with a message), or the only app to look at')
    .option('--provider <provider>', 'which wire it is (default: what the message looks like)')
    .option('--ref <ref>', "the account's name in its seed (default: the first)")
    .option('--settings <file>', 'an account as YAML or JSON in place of --app; a key may be { file: path }')
    .addOption(
      new Option('--kind <kind>', 'what it is (default: told from the message)').choices([
        'request',
        'answer',
        'notification',
      ]),
    )
    .option('--at <time>', 'when it failed, for an old message (default: now)', time)
    .option('--json', 'for programs')
    .addHelpText('after', HELP)
    .action(doctor);
}

function time(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('It is a time such as 2026-11-23T12:00:00+08:00.');
  return at;
}

async function doctor(path: string | undefined, options: DoctorOptions): Promise<void> {
  const isWell = path === undefined ? await checkSetUp(options) : await explain(path, options);
  if (!isWell) process.exitCode = 1;
}

async function checkSetUp(options: DoctorOptions): Promise<boolean> {
  const settings = readSettings();
  const checks = await checkUp({
    gatewayUrl: addressOf(options, settings),
    sandboxUrl: settings.sandboxPublicUrl,
    open: () => openExamination(options),
    ...(options.app === undefined ? {} : { app: options.app }),
  });
  const isWell = checks.every(({ ok }) => ok !== false);
  console.log(
    options.json ? JSON.stringify({ ok: isWell, checks }, null, 2) : checkUpTable(checks, process.stdout.columns),
  );
  return isWell;
}

async function explain(path: string, options: DoctorOptions): Promise<boolean> {
  const message = readHttpMessage(await bytesOf(path), options.kind);
  const provider = options.provider ?? providerOf(message);
  if (provider === undefined) throw new CannotRun('Which wire is this? Say it with --provider.');
  const diagnosis =
    options.settings === undefined
      ? await withAccount(provider, message, options)
      : await withSettings(provider, message, options.settings, options.at ?? new Date());
  console.log(options.json ? JSON.stringify(diagnosis, null, 2) : diagnosisText(diagnosis));
  return diagnosis.holds;
}

async function bytesOf(path: string): Promise<Buffer> {
  if (path === '-') return buffer(process.stdin);
  try {
    return readFileSync(path);
  } catch {
    throw new CannotRun(`${path} can not be read.`);
  }
}

async function withAccount(provider: string, message: FailingMessage, options: DoctorOptions): Promise<Diagnosis> {
  const { app, ref, at } = options;
  if (app === undefined) throw new CannotRun('Whose keys? Name an app with --app, or a file with --settings.');
  const question: AccountQuestion = { app, provider, ...(ref && { ref }), ...(at && { at }) };
  const examination = await openExamination(options);
  try {
    return await examination.diagnose(question, message);
  } finally {
    await examination.close();
  }
}

async function withSettings(provider: string, message: FailingMessage, path: string, at: Date): Promise<Diagnosis> {
  const definition = (await gatewayInstallation()).providers.find(({ id }) => id === provider);
  if (definition?.diagnostics === undefined) throw new CannotRun(`${provider} can not be diagnosed.`);
  return definition.diagnostics.diagnose(message, readAccountFile(path), at);
}
