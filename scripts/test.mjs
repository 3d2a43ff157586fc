/**
 * `npm test`: everything that needs nothing but npm. Lint, format and types count as one check each beside the tests; the
 * last line is the sum, and any failure anywhere ends it with 1.
 */
import { requireNode, run, runNode, tool } from './processes.mjs';
import { runVitest, sumOf } from './vitest.mjs';

const WITHOUT_A_BROWSER = ['unit', 'e2e', 'interop'].flatMap((name) => ['--project', name]);

requireNode();
await runNode(['scripts/generate.mjs']);
const checks = await Promise.all([
  check('lint', [
    ['oxlint', '--deny-warnings'],
    ['prettier', '--check', '--log-level', 'warn', '.'],
  ]),
  check('types', [['tsc', '--noEmit', '-p', 'tsconfig.json']]),
]);
const { failed, text } = sumOf([...checks, await runVitest(WITHOUT_A_BROWSER)]);
console.log(`\n${text}`);
process.exitCode = failed === 0 ? 0 : 1;

/** Each command is one check. */
async function check(name, commands) {
  const failures = [];
  for (const [command, ...args] of commands) {
    try {
      await run(tool(command), args);
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  }
  return { passed: commands.length - failures.length, failed: failures.length, failures };
}
