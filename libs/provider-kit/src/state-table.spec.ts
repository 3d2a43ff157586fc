import { describe, expect, it } from 'vitest';
import { readState, type StateTable } from './state-table.js';

const TABLE = {
  TRADE_CLOSED: { undated: 'closed', dated: 'refunded' },
  TRADE_SUCCESS: { undated: 'unlisted', dated: 'paid' },
} as const satisfies StateTable<'TRADE_CLOSED' | 'TRADE_SUCCESS', 'dated' | 'undated'>;

describe('a state table', () => {
  it('reads a state beside its evidence', () => {
    expect(readState(TABLE, 'TRADE_CLOSED', 'undated')).toBe('closed');
    expect(readState(TABLE, 'TRADE_CLOSED', 'dated')).toBe('refunded');
    expect(readState(TABLE, 'TRADE_SUCCESS', 'undated')).toBe('unlisted');
  });

  it.each(['', 'trade_closed', 'TRADE_LEVITATING', 'toString', '__proto__', 'constructor'])(
    'calls %j unlisted',
    (state) => {
      expect(readState(TABLE, state, 'dated')).toBe('unlisted');
    },
  );
});
