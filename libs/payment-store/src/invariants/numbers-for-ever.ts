import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const numbersForEver: Invariant = {
  id: 'I-15',
  sentence: "A merchant's order number and refund number stand for one payment and one refund of the app, for ever.",
  breaches: () => Prisma.sql`
    SELECT min(id) AS id, 'order ' || order_no || ' of ' || app || ' has ' || count(*) || ' payments' AS detail
    FROM payments GROUP BY app, order_no HAVING count(*) > 1
    UNION ALL
    SELECT min(id), 'refund ' || refund_no || ' of ' || app || ' has ' || count(*) || ' refunds'
    FROM refunds WHERE refund_no IS NOT NULL GROUP BY app, refund_no HAVING count(*) > 1`,
};
