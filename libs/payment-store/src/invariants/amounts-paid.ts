import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const amountsPaid: Invariant = {
  id: 'I-01',
  sentence: 'What paid a payment is its amount in its currency, and no more went back than came.',
  breaches: () => Prisma.sql`
    SELECT p.id, 'capture ' || c.id || ' of ' || c.amount || ' ' || c.currency || ' was accepted for ' || p.amount || ' ' || p.currency AS detail
    FROM captures c JOIN payments p ON p.id = c.payment_id
    WHERE c.accepted AND (c.amount <> p.amount OR c.currency <> p.currency)
    UNION ALL
    SELECT payment_id, refunded || ' of ' || captured || ' went back'
    FROM (
      SELECT c.payment_id, sum(c.amount) AS captured, sum(r.amount) AS refunded
      FROM captures c
      JOIN (
        SELECT capture_id, sum(amount) AS amount FROM refunds WHERE status = 'succeeded' GROUP BY capture_id
      ) r ON r.capture_id = c.id
      GROUP BY c.payment_id
    ) moved
    WHERE refunded > captured`,
};
