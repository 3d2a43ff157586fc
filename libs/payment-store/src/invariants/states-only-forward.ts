import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const statesOnlyForward: Invariant = {
  id: 'I-09',
  sentence: 'A payment ends once, paid or closed, and stays so; a refund that succeeded does not fail afterwards.',
  breaches: () => Prisma.sql`
    SELECT payment_id AS id, 'it ended more than once: ' || string_agg(type, ', then ' ORDER BY sequence) AS detail
    FROM events WHERE type IN ('payment.paid', 'payment.closed')
    GROUP BY payment_id HAVING count(*) > 1
    UNION ALL
    SELECT p.id, 'it is ' || p.status || ', and its history says ' || e.type
    FROM payments p JOIN events e ON e.payment_id = p.id
    WHERE e.type = CASE p.status WHEN 'paid' THEN 'payment.closed' WHEN 'closed' THEN 'payment.paid' END
    UNION ALL
    SELECT r.id, 'it is ' || r.status || ', and its history says that it succeeded'
    FROM events e JOIN refunds r ON r.id = e.data ->> 'refund_id'
    WHERE e.type = 'refund.succeeded' AND r.status <> 'succeeded'`,
};
