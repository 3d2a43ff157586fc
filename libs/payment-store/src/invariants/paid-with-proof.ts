import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const paidWithProof: Invariant = {
  id: 'I-08',
  sentence:
    'Money counts only with its proof: a verified message or answer of the very account that the attempt was made with.',
  breaches: () => Prisma.sql`
    SELECT a.id, 'paid, without a capture' AS detail
    FROM attempts a WHERE a.status = 'paid' AND NOT EXISTS (SELECT FROM captures c WHERE c.attempt_id = a.id)
    UNION ALL
    SELECT c.id, 'of account ' || c.account_id || ' at ' || c.provider || ', for attempt ' || a.id || ' of ' || coalesce(a.account_id, 'none') || ' at ' || coalesce(a.provider, 'none')
    FROM captures c JOIN attempts a ON a.id = c.attempt_id
    WHERE a.account_id IS DISTINCT FROM c.account_id OR a.provider IS DISTINCT FROM c.provider OR a.payment_id <> c.payment_id
    UNION ALL
    SELECT c.id, 'proven by message ' || n.id || ', which is ' || CASE
      WHEN n.outcome = 'mismatch' THEN 'not about what we hold'
      WHEN n.subject <> 'payment' THEN 'about a ' || n.subject
      ELSE 'for another account' END
    FROM captures c JOIN notifications n ON n.id = c.notification_id
    WHERE n.account_id <> c.account_id OR n.provider <> c.provider OR n.subject <> 'payment' OR n.outcome = 'mismatch'`,
};
