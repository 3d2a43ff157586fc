import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

/** Ends that must have said so, and what they say. */
export const changesWithEvents: Invariant = {
  id: 'I-11',
  sentence: 'Every change has its event and every event its change, numbered 1, 2, 3 … per payment.',
  breaches: () => Prisma.sql`
    SELECT p.id, 'its events are ' || count(e.id) || ', up to ' || coalesce(max(e.sequence), 0) || ', and it counted ' || p.last_sequence AS detail
    FROM payments p LEFT JOIN events e ON e.payment_id = p.id
    GROUP BY p.id
    HAVING count(e.id) <> p.last_sequence OR coalesce(max(e.sequence), 0) <> p.last_sequence
    UNION ALL
    SELECT p.id, p.status || ', without an event that says so'
    FROM payments p
    WHERE p.status <> 'open'
      AND NOT EXISTS (SELECT FROM events e WHERE e.payment_id = p.id AND e.type = 'payment.' || p.status)
    UNION ALL
    SELECT c.id, 'it is owed back, without an event that says so'
    FROM captures c
    WHERE NOT c.accepted AND NOT EXISTS (
      SELECT FROM events e
      WHERE e.payment_id = c.payment_id AND e.type = 'payment.overpaid' AND e.data ->> 'capture_id' = c.id
    )
    UNION ALL
    SELECT r.id, r.status || ', without an event that says so'
    FROM refunds r
    WHERE r.status IN ('succeeded', 'failed', 'needs_review') AND NOT EXISTS (
      SELECT FROM events e
      WHERE e.payment_id = r.payment_id AND e.type = 'refund.' || r.status AND e.data ->> 'refund_id' = r.id
    )`,
};
