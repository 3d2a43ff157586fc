import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_CAUSE_CODES } from '../apps/sandbox/src/frame/signature-cause.js';
import { SIGNATURE_CAUSES } from '../libs/payment-port/src/diagnosis.js';

const page = readFileSync(resolve(import.meta.dirname, '../docs/doctor.md'), 'utf8');
const rows = [...page.matchAll(/^\| `(\w+)` +\| (\w+) +\|/gm)].map(([, code = '', by = '']) => [code, by] as const);

/** The two lists are closed, and read by people in one table. */
describe('docs/doctor.md', () => {
  it('explains every cause once, and no other', () => {
    const codes = new Set<string>([...SIGNATURE_CAUSES, ...SIGNATURE_CAUSE_CODES]);
    expect(rows.map(([code]) => code).toSorted()).toEqual([...codes].toSorted());
  });

  it('says rightly who names it', () => {
    const namedBy = (code: string): string => {
      const doctor = SIGNATURE_CAUSES.some((known) => known === code);
      const sandbox = SIGNATURE_CAUSE_CODES.some((known) => known === code);
      return doctor && sandbox ? 'both' : doctor ? 'doctor' : 'sandbox';
    };
    expect(rows.filter(([code, by]) => namedBy(code) !== by)).toEqual([]);
  });
});
