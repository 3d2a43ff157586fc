import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

/** The largest integer that JSON and JavaScript carry without loss. */
const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;

export const exactAmounts: Invariant = {
  id: 'I-20',
  sentence: 'Amounts are whole minor units that no number type rounds, in one currency per payment.',
  breaches: () => Prisma.sql`
    SELECT table_name || '.' || column_name AS id, 'a column of money of type ' || data_type AS detail
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'amount' AND data_type <> 'bigint'
    UNION ALL
    SELECT id, 'an amount that JSON would round: ' || amount FROM (
      SELECT id, amount FROM payments UNION ALL SELECT id, amount FROM captures UNION ALL SELECT id, amount FROM refunds
    ) money
    WHERE amount > ${LARGEST_EXACT}::bigint OR amount <> trunc(amount::numeric)
    UNION ALL
    SELECT r.id, 'in ' || r.currency || ', of a capture in ' || c.currency
    FROM refunds r JOIN captures c ON c.id = r.capture_id WHERE r.currency <> c.currency`,
};
