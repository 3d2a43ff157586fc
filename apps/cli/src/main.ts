import { hutong } from './program.js';

/** What the person at the terminal can mend is told in its own words; anything else keeps its stack. */
const MENDABLE = ['CannotRun', 'UnusableSeed', 'InvalidEnvironment', 'PaymentProblem', 'DatabaseInUse', 'SealBroken'];

try {
  await hutong().parseAsync();
} catch (error) {
  // By name: the store is only loaded by commands that open it.
  console.error(error instanceof Error && MENDABLE.includes(error.name) ? error.message : error);
  process.exitCode = 1;
}
