import type { Diagnosis } from '@hutong/payment-port';
import Table from 'cli-table3';
import type { CheckedThing } from './check-up.js';

const MARKS = { true: '✔', false: '✘', null: '–' } as const;

/** A table for people: one line per thing, with what to do under what is wrong. */
export function checkUpTable(things: readonly CheckedThing[], width = 100): string {
  const what = Math.max(...things.map((thing) => thing.what.length), 4) + 2;
  const table = new Table({
    head: ['', 'what', 'finding'],
    colWidths: [3, what, Math.max(40, width - what - 7)],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { what: name, ok, says, try: tryThis } of things) {
    table.push([MARKS[`${ok}`], name, tryThis === undefined ? says : `${says}\n→ ${tryThis}`]);
  }
  return table.toString();
}

/** A diagnosis for people. Line feeds of the string are shown, because they are half of the mistakes. */
export function diagnosisText({ holds, findings, expected }: Diagnosis): string {
  const causes = findings.map(({ cause, says, try: tryThis }) => `✘ ${cause}\n  ${says}\n  → ${tryThis}`);
  const verdict = holds ? ['✔ The signature holds with these keys, at this time.'] : causes;
  const shown = expected ? ['', 'It should be over (⏎ is a line feed):', expected.replaceAll('\n', '⏎\n')] : [];
  return [...verdict, ...shown].join('\n');
}
