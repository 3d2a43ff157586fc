/** Vitest with its tests counted, for the scripts that end with a sum. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root, tool } from './processes.mjs';

/**
 * Runs Vitest, its report on our output.
 * @param args what follows `vitest run`
 * @param options `env`; `onStart` is given the child, for whoever has to end it
 * @returns {Promise<{passed: number, failed: number, failures: string[]}>} a run that ends badly without a failing test (a
 * file that does not load, an error outside of any test) is one failure; each of `failures` names one and why
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
    const outcome = outcomeOf(report);
    if (code === 0 || outcome.failed > 0) return outcome;
    const why = `Vitest ended with ${code} and no test failed: see above for what happened outside of the tests`;
    return { ...outcome, failed: 1, failures: [...outcome.failures, why] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The sum of several runs.
 * @returns `text`: what failed, each with its reason, then the one plain line that counts. What comes last is what is still
 * there when a long output was cut, so the names are repeated here.
 */
export function sumOf(runs) {
  const total = (of) => runs.reduce((sum, run) => sum + of(run), 0);
  const passed = total((run) => run.passed);
  const failed = total((run) => run.failed);
  const failures = runs.flatMap((run) => run.failures).map((failure) => `failed: ${failure}`);
  return { passed, failed, text: [...failures, `${passed} passed, ${failed} failed`].join('\n') };
}

/** Lines of a failure's message that are repeated at the end, those of the tools' own code left out. */
const LINES_OF_A_REASON = 12;

function outcomeOf(report) {
  let content;
  try {
    content = JSON.parse(readFileSync(report, 'utf8'));
  } catch (error) {
    return { passed: 0, failed: 1, failures: [`Vitest left no report: ${error.message}`] };
  }
  const failures = content.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const tests = assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${file} > ${fullName}\n${reason(failureMessages.join('\n'))}`);
    return message && tests.length === 0 ? [`${file}\n${reason(message)}`] : tests;
  });
  return { passed: content.numPassedTests, failed: failures.length, failures };
}

function reason(message) {
  const lines = stripVTControlCharacters(message)
    .trim()
    .split('\n')
    .filter((line) => !line.includes('node_modules'));
  return lines
    .slice(0, LINES_OF_A_REASON)
    .map((line) => `    ${line}`)
    .join('\n');
}
