/** Vitest with its tests counted, for the scripts that end with a sum. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, tool } from './processes.mjs';

/**
 * Runs Vitest, its report on our output.
 * @param args what follows `vitest run`
 * @param options `env`; `onStart` is given the child, for whoever has to end it
 * @returns {Promise<{passed: number, failed: number}>} a run that ends badly without a failing test (a file that does not
 * load, an error outside of any test) is one failure
 */
export async function runVitest(args, { env = process.env, onStart = () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hutong-vitest-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const code = await new Promise((resolve, reject) => {
      const command = [tool('vitest'), 'run', ...reporters, ...args];
      const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit', env });
      child.on('error', reject);
      child.on('exit', resolve);
      onStart(child);
    });
    const { passed, failed } = countOf(report);
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The sum of several runs, and the one plain line that says it. */
export function sumOf(runs) {
  const { passed, failed } = runs.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
  return { passed, failed, line: `${passed} passed, ${failed} failed` };
}

function countOf(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
