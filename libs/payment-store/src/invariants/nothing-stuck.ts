import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const nothingStuck: Invariant = {
  id: 'I-18',
  sentence: 'Everything that is not at its end has a time when it is looked at, and that time is kept.',
  breaches: ({ now, overdue }) => Prisma.sql`
    SELECT id, status || ', due since ' || next_check_at AS detail
    FROM attempts WHERE next_check_at < ${overdue}::timestamptz
    UNION ALL
    SELECT id, status || ', due since ' || next_check_at
    FROM refunds WHERE next_check_at < ${overdue}::timestamptz
    UNION ALL
    SELECT id, 'open, although it expired at ' || expires_at
    FROM payments WHERE status = 'open' AND expires_at < ${overdue}::timestamptz
    UNION ALL
    SELECT a.id, a.status || ', and nobody will ask about it'
    FROM attempts a
    WHERE a.next_check_at IS NULL AND a.provider IS NOT NULL
      AND a.status IN ('starting', 'awaiting_payer', 'unknown', 'superseded')
      AND NOT EXISTS (
        SELECT FROM events e
        WHERE e.payment_id = a.payment_id AND e.type = 'payment.needs_review' AND e.data ->> 'attempt_id' = a.id
      )
    UNION ALL
    SELECT id, status || ', and nobody will ask about it'
    FROM refunds WHERE next_check_at IS NULL AND status IN ('processing', 'unknown')
    UNION ALL
    SELECT id, 'kept since ' || received_at || ', and never applied'
    FROM notifications WHERE outcome IS NULL AND received_at < ${overdue}::timestamptz AND received_at < ${now}::timestamptz`,
};
