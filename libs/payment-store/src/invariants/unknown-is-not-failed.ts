import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const unknownIsNotFailed: Invariant = {
  id: 'I-10',
  sentence: 'No attempt is called failed, closed or open while money is proven to have moved for it.',
  breaches: () => Prisma.sql`
    SELECT a.id, a.status || ', although capture ' || c.id || ' of ' || c.amount || ' is proven' AS detail
    FROM attempts a JOIN captures c ON c.attempt_id = a.id
    WHERE a.status <> 'paid'`,
};
