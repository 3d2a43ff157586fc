import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const acceptedStays: Invariant = {
  id: 'I-05',
  sentence: 'The capture that pays a payment is never sent back by rule.',
  breaches: () => Prisma.sql`
    SELECT c.id, 'it paid ' || c.payment_id || ', and refund ' || r.id || ' owes it back' AS detail
    FROM captures c JOIN refunds r ON r.capture_id = c.id
    WHERE c.accepted AND r.cause = 'obligation'`,
};
