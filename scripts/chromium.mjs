/** The system's Chromium, for the scripts that look at pages: found, or installed on Debian, or asked for in one sentence. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';

/** In any folder of the path and these, or where macOS keeps applications. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const PROGRAMS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** There is no browser, and what gives one. */
export class NoBrowser extends Error {
  name = 'NoBrowser';
}

/**
 * Where a Chromium is: the one that `CHROME_PATH` names, else the first on the path or in a usual place.
 * @returns {string | undefined}
 * @throws NoBrowser when `CHROME_PATH` names nothing that runs
 */
export function findChromium(env = process.env) {
  const given = env.CHROME_PATH;
  if (given !== undefined && given !== '') {
    if (isProgram(given)) return given;
    throw new NoBrowser(`CHROME_PATH is ${given}, and no program is there: name a Chromium or Chrome, or unset it.`);
  }
  const folders = [...(env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''), ...FOLDERS];
  const programs = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...programs, ...PROGRAMS].find(isProgram);
}

/**
 * Finds it, or installs Debian's where this machine lets us.
 * @param {readonly string[]} packages Debian's names of what is needed
 * @returns {Promise<string>}
 * @throws NoBrowser with what to do
 */
export async function requireChromium(packages = ['chromium']) {
  const found = findChromium();
  if (found !== undefined) return found;
  if (canInstall()) await install(packages);
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new NoBrowser(
    `No Chromium is on this machine: install one (on Debian: apt-get install ${packages.join(' ')}), or set CHROME_PATH to a Chromium or Chrome.`,
  );
}

/** Whether apt-get is here and we are root, or become it without being asked for a password. */
export function canInstall() {
  const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  return succeeds('apt-get', '--version') && (process.getuid?.() === 0 || succeeds('sudo', '-n', 'true'));
}

/** What fails here is told by whoever misses it afterwards. */
export async function install(packages) {
  console.log(`installing ${packages.join(' ')} with apt-get`);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    await run(command, rest).catch((error) => console.error(error.message));
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
