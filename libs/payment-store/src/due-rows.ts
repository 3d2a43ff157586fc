import type { Due, Lease, Leased } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { attemptOf, paymentOf, refundOf } from './payment.rows.js';

/** The claimed rows themselves, oldest first; a kind of which nothing was due costs no query. */
export async function loadDue(client: PrismaClient, leases: readonly Lease[]): Promise<Due> {
  const [attempts, refunds, expired] = await Promise.all([
    rowsOf('attempt', leases, (where) => client.attempt.findMany({ where, orderBy: OLDEST }), attemptOf),
    rowsOf('refund', leases, (where) => client.refund.findMany({ where, orderBy: OLDEST }), refundOf),
    rowsOf('payment', leases, (where) => client.payment.findMany({ where, orderBy: { expiresAt: 'asc' } }), paymentOf),
  ]);
  return { attempts, refunds, expired };
}

const OLDEST = { createdAt: 'asc' } as const;

type Among = { readonly id: { readonly in: string[] } };

async function rowsOf<Stored, Row extends { readonly id: string }>(
  kind: Lease['kind'],
  leases: readonly Lease[],
  find: (where: Among) => Promise<Stored[]>,
  read: (stored: Stored) => Row,
): Promise<readonly Leased<Row>[]> {
  const byId = new Map(leases.filter((it) => it.kind === kind).map((lease) => [lease.id, lease]));
  if (byId.size === 0) return [];
  const rows = (await find({ id: { in: [...byId.keys()] } })).map(read);
  return rows.map((row) => ({ row, lease: byId.get(row.id)! }));
}
