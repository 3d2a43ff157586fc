import { describe, expect, it } from 'vitest';
import type { StateTable } from './state-table.js';

type Theirs = 'WAIT' | 'PAID';
type Evidence = 'dated' | 'undated';

/** What must not compile; see libs/payment-port/src/port.probes.spec.ts. */
describe('a state table does not compile', () => {
  it('with a state missing', () => {
    // @ts-expect-error TS1360
    const table = { WAIT: { dated: 'unlisted', undated: 'awaiting_payer' } } satisfies StateTable<Theirs, Evidence>;
    expect(table).not.toHaveProperty('PAID');
  });

  it('with a piece of evidence missing', () => {
    const paid = { undated: 'unlisted' } as const;
    // @ts-expect-error TS2741
    const table = { WAIT: { dated: 'unlisted', undated: 'awaiting_payer' }, PAID: paid } satisfies StateTable<
      Theirs,
      Evidence
    >;
    expect(table.PAID).not.toHaveProperty('dated');
  });

  it('with a state that is none of ours', () => {
    const paid = { dated: 'settled', undated: 'unlisted' } as const;
    // @ts-expect-error TS2322
    const table = { WAIT: { dated: 'unlisted', undated: 'awaiting_payer' }, PAID: paid } satisfies StateTable<
      Theirs,
      Evidence
    >;
    expect(table.PAID.dated).toBe('settled');
  });
});
