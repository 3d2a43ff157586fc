/**
 * `npm test`: everything that needs nothing but npm. Lint, format and types count as one check each beside the tests; the
 * last line is the sum, and any failure anywhere ends it with 1.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireNode, run, runNode, tool } from './processes.mjs';

requireNode();
const folder = mkdtempSync(join(tmpdir(), 'hutong-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

await runNode(['scripts/generate.mjs']);
const checks = await Promise.all([
  check('lint', [
    ['oxlint', '--deny-warnings'],
    ['prettier', '--check', '--log-level', 'warn', '.'],
  ]),
  check('types', [['tsc', '--noEmit', '-p', 'tsconfig.json']]),
]);
const tests = await runTests();
const sum = [...checks, tests].reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;

/** Each command is one check. */
async function check(name, commands) {
  let failed = 0;
  for (const [command, ...args] of commands) {
    try {
      await run(tool(command), args);
    } catch (error) {
      failed++;
      console.error(`${name}: ${error.message}`);
    }
  }
  return { passed: commands.length - failed, failed };
}

/** A test file that does not even load has no tests to count: the run's exit code then counts as one failure. */
async function runTests() {
  const report = join(folder, 'vitest.json');
  const ended = await run(tool('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]).then(
    () => undefined,
    (error) => error,
  );
  const { passed, failed } = countOf(report);
  return { passed, failed: ended !== undefined && failed === 0 ? 1 : failed };
}

function countOf(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
