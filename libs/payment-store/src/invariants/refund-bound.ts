import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const refundBound: Invariant = {
  id: 'I-06',
  sentence: 'Refunds that succeeded, run or are unknown never add up to more than was captured.',
  breaches: () => Prisma.sql`
    SELECT c.id, sum(r.amount) || ' of ' || c.amount || ' is on its way back' AS detail
    FROM captures c JOIN refunds r ON r.capture_id = c.id AND r.status <> 'failed'
    GROUP BY c.id
    HAVING sum(r.amount) > c.amount`,
};
