import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const appsApart: Invariant = {
  id: 'I-16',
  sentence: "What hangs on a payment is of the payment's own app.",
  breaches: () => Prisma.sql`
    SELECT a.id, 'of ' || a.app || ', on payment ' || p.id || ' of ' || p.app AS detail
    FROM attempts a JOIN payments p ON p.id = a.payment_id WHERE a.app <> p.app
    UNION ALL
    SELECT r.id, 'of ' || r.app || ', on payment ' || p.id || ' of ' || p.app
    FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.app <> p.app
    UNION ALL
    SELECT e.id, 'of ' || e.app || ', on payment ' || p.id || ' of ' || p.app
    FROM events e JOIN payments p ON p.id = e.payment_id WHERE e.app <> p.app
    UNION ALL
    SELECT f.id, 'of ' || f.app || ', on payment ' || p.id || ' of ' || p.app
    FROM friend_requests f JOIN payments p ON p.id = f.payment_id WHERE f.app <> p.app`,
};
