/**
 * `npm run test:browser`: the pages in a real browser, the system's Chromium, through playwright-core. It needs a Chromium:
 * found, named by `CHROME_PATH`, or installed where Debian's apt-get may; without one it says how to get it and ends with 1.
 * Further arguments go to Vitest.
 */
import { NoBrowser, requireChromium } from './chromium.mjs';
import { requireNode, runNode } from './processes.mjs';
import { runVitest, sumOf } from './vitest.mjs';

requireNode();
try {
  const browser = await requireChromium();
  console.log(`walking the pages with ${browser}`);
  await runNode(['scripts/generate.mjs']);
  const env = { ...process.env, CHROME_PATH: browser };
  const { failed, text } = sumOf([await runVitest(['--project', 'browser', ...process.argv.slice(2)], { env })]);
  console.log(`\n${text}`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof NoBrowser)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
