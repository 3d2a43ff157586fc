import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const oneObligation: Invariant = {
  id: 'I-04',
  sentence: 'Every capture that was not accepted is owed back once, whole, and that is never given up.',
  breaches: () => Prisma.sql`
    SELECT c.id, 'of payment ' || c.payment_id || ', owed back ' || count(r.id) || ' times' AS detail
    FROM captures c LEFT JOIN refunds r ON r.capture_id = c.id AND r.cause = 'obligation'
    WHERE NOT c.accepted
    GROUP BY c.id
    HAVING count(r.id) <> 1
    UNION ALL
    SELECT c.id, 'of ' || c.amount || ', but refund ' || r.id || ' owes ' || r.amount
    FROM captures c JOIN refunds r ON r.capture_id = c.id AND r.cause = 'obligation'
    WHERE NOT c.accepted AND (r.amount <> c.amount OR r.currency <> c.currency)
    UNION ALL
    SELECT capture_id, 'refund ' || id || ' is owed, and failed: nobody looks after it'
    FROM refunds WHERE cause = 'obligation' AND status = 'failed'`,
};
