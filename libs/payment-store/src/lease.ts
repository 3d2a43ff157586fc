import type { Lease } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import type { Tx } from './transaction.js';

/** Part of a move's WHERE: a row that is leased is moved by the newest holder of its lease; other rows as ever. */
export function heldRow(kind: Lease['kind'], id: string, lease: Lease | undefined): { readonly lease?: number } {
  return lease?.kind === kind && lease.id === id ? { lease: lease.number } : {};
}

/** Part of a move's data: it ends the lease, and what was leased was looked at once. */
export function releasedRow(kind: Lease['kind'], id: string, lease: Lease | undefined) {
  return lease?.kind === kind && lease.id === id ? { leasedUntil: null } : {};
}

/** The same for an attempt of a payment whose lease is held. */
export function heldPayment(lease: Lease | undefined) {
  return lease?.kind === 'payment' ? { payment: { is: { id: lease.id, lease: lease.number } } } : {};
}

/** Whether the lease is still the row's newest; until the transaction ends nobody takes the row. */
export async function holds(tx: Tx, { kind, id, number }: Lease): Promise<boolean> {
  const rows = await {
    attempt: () =>
      tx.$queryRaw<unknown[]>`SELECT 1 AS held FROM attempts WHERE id = ${id} AND lease = ${number}::int FOR UPDATE`,
    refund: () =>
      tx.$queryRaw<unknown[]>`SELECT 1 AS held FROM refunds WHERE id = ${id} AND lease = ${number}::int FOR UPDATE`,
    payment: () =>
      tx.$queryRaw<unknown[]>`SELECT 1 AS held FROM payments WHERE id = ${id} AND lease = ${number}::int FOR UPDATE`,
  }[kind]();
  return rows.length === 1;
}

/** By the database's clock, whatever that of this machine says. */
export async function renewLease(client: PrismaClient, { kind, id, number }: Lease, leaseMs: number): Promise<boolean> {
  const count = await {
    attempt: () => client.$executeRaw`
      UPDATE attempts SET leased_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      WHERE id = ${id} AND lease = ${number}::int`,
    refund: () => client.$executeRaw`
      UPDATE refunds SET leased_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      WHERE id = ${id} AND lease = ${number}::int`,
    payment: () => client.$executeRaw`
      UPDATE payments SET leased_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
      WHERE id = ${id} AND lease = ${number}::int AND status = 'open'`,
  }[kind]();
  return count === 1;
}
