import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const oneNumberPerRefund: Invariant = {
  id: 'I-07',
  sentence: 'A number at the provider stands for one refund, and one refund has one number for ever.',
  breaches: () => Prisma.sql`
    SELECT reference AS id, 'it stands for ' || string_agg(id, ', ' ORDER BY id) AS detail
    FROM refunds GROUP BY reference HAVING count(*) > 1
    UNION ALL
    SELECT r.id, 'it goes back against capture ' || r.capture_id || ' of another payment'
    FROM refunds r JOIN captures c ON c.id = r.capture_id
    WHERE c.payment_id <> r.payment_id`,
};
