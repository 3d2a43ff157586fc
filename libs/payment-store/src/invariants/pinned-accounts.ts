import { Prisma } from '../generated/client.js';
import type { Invariant } from './invariant.js';

export const pinnedAccounts: Invariant = {
  id: 'I-27',
  sentence: "An attempt is pinned to a version of its own app's account at its own provider.",
  breaches: () => Prisma.sql`
    SELECT a.id, 'of ' || a.app || ' at ' || a.provider || ', with account ' || acc.id || ' of ' || acc.app || ' at ' || acc.provider AS detail
    FROM attempts a JOIN accounts acc ON acc.id = a.account_id
    WHERE acc.app <> a.app OR acc.provider <> a.provider`,
};
