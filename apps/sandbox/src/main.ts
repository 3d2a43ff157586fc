import { readSettings } from '@hutong/settings';
import { HELP, readCommandLine } from './command-line.js';

const commandLine = readCommandLine(process.argv.slice(2));
if (commandLine.help) process.stdout.write(HELP);
else await serve();

/** The environment first: the server's libraries do not even load on a Node that is too old. */
async function serve(): Promise<void> {
  try {
    readSettings();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  const { serveUntilStopped } = await import('./serve.js');
  try {
    await serveUntilStopped(commandLine);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SnapshotRefused') throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
