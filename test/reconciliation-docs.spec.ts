import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIFFERENCE_KINDS, RECONCILIATION_STATUSES } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';

/** The documents about reconciliation, held to the code and to each other. */
const textOf = (name: string) => readFileSync(join(import.meta.dirname, '../docs', name), 'utf8');

/** First cells of the tables, where they are code. */
const rowsOf = (text: string) => [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell!);

describe.each(['reconciliation.md', 'reconciliation.zh-CN.md'])('docs/%s', (name) => {
  it('explains every status and every kind of difference', () => {
    const rows = rowsOf(textOf(name));
    expect(rows).toEqual(expect.arrayContaining([...RECONCILIATION_STATUSES, ...DIFFERENCE_KINDS, 'kind']));
  });
});

it('both languages have the same rows in the same order', () => {
  expect(rowsOf(textOf('reconciliation.zh-CN.md'))).toEqual(rowsOf(textOf('reconciliation.md')));
});
