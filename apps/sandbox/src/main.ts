import { HELP, readCommandLine } from './command-line.js';
import { serveUntilStopped } from './serve.js';

const { help, tlsPort } = readCommandLine(process.argv.slice(2));
if (help) process.stdout.write(HELP);
else await serveUntilStopped(tlsPort);
