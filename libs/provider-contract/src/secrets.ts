import type { Subject } from './bench.js';
import type { AccountName } from './harness.js';

/** The longest line of each secret: enough to recognise a leaked key, however its line breaks were escaped. */
export function secretLines(subject: Subject, account: AccountName): string[] {
  const settings = subject.harness.settings(account);
  return subject.definition.secretFields
    .map((field) => settings[field])
    .filter((value) => typeof value === 'string')
    .map((value) => value.split(/\s+/).reduce((longest, line) => (line.length > longest.length ? line : longest)));
}
