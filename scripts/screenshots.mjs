/**
 * `npm run screenshots`: every page in every state × phone and desktop × Chinese and English × light and dark, as PNG files in
 * `screenshots/`. It starts what it needs and stops it again. Needs a Chromium and a font for Chinese, Debian's `chromium`
 * and `fonts-noto-cjk`: found, or installed where apt-get may. Further arguments go to Vitest (`-t cashier-paid`).
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, install, NoBrowser, requireChromium } from './chromium.mjs';
import { requireNode, root, runNode } from './processes.mjs';
import { runVitest } from './vitest.mjs';

const PACKAGES = ['chromium', 'fonts-noto-cjk'];
const folder = join(root, 'screenshots');

requireNode();
try {
  console.log(`needs a Chromium and a font for Chinese (Debian: ${PACKAGES.join(' and ')})`);
  const browser = await requireChromium(PACKAGES);
  await requireChineseFont();
  await runNode(['scripts/generate.mjs']);
  const own = process.argv.slice(2);
  if (own.length === 0) rmSync(folder, { recursive: true, force: true });
  const env = { ...process.env, CHROME_PATH: browser };
  const { failed } = await runVitest(['--project', 'screenshots', ...own], { env });
  console.log(`\n${readdirSync(folder).length} pictures in ${folder}`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoBrowser)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Where fontconfig can't be asked (macOS brings such fonts), the browser will find one. */
async function requireChineseFont() {
  if (hasChineseFont() !== false) return;
  if (canInstall()) await install(['fonts-noto-cjk']);
  if (hasChineseFont() === false)
    throw new NoBrowser(
      'No font for Chinese is on this machine: install one (on Debian: apt-get install fonts-noto-cjk).',
    );
}

function hasChineseFont() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() !== '' : undefined;
}
