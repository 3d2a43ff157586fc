import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const oneAcceptedCapture: Invariant = {
  id: 'I-03',
  sentence: 'A paid payment has one accepted capture, of the attempt that it names; any other has none.',
  breaches: () => Prisma.sql`
    SELECT p.id, p.status || ', with ' || count(c.id) || ' accepted captures' AS detail
    FROM payments p LEFT JOIN captures c ON c.payment_id = p.id AND c.accepted
    GROUP BY p.id
    HAVING count(c.id) <> CASE WHEN p.status = 'paid' THEN 1 ELSE 0 END
    UNION ALL
    SELECT p.id, 'paid with ' || p.paid_with || ', but the capture of ' || c.attempt_id || ' was accepted'
    FROM payments p JOIN captures c ON c.payment_id = p.id AND c.accepted
    WHERE p.paid_with IS DISTINCT FROM c.attempt_id`,
};
