import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const toldOrDeadLetter: Invariant = {
  id: 'I-12',
  sentence:
    'Every event is on its way to the endpoints that want it, tried when it is due, and called delivered for a 2xx only.',
  breaches: ({ overdue }) => Prisma.sql`
    SELECT id, type || ', in the outbox since ' || created_at AS detail
    FROM events WHERE relayed_at IS NULL AND created_at < ${overdue}::timestamptz
    UNION ALL
    SELECT d.id, 'of event ' || d.event_id || ', due since ' || d.next_attempt_at
    FROM webhook_deliveries d WHERE d.status = 'pending' AND d.next_attempt_at < ${overdue}::timestamptz
    UNION ALL
    SELECT d.id, 'of event ' || d.event_id || ', delivered, without an answer that says so'
    FROM webhook_deliveries d
    WHERE d.status = 'delivered' AND NOT EXISTS (
      SELECT FROM webhook_attempts a WHERE a.delivery_id = d.id AND a.status BETWEEN 200 AND 299
    )`,
};
