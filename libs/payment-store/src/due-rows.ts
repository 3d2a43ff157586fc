import type { Attempt, Due, Payment, Refund } from '@hutong/payment-core';
import type { Claimed } from './claim-due.sql.js';
import type { PrismaClient } from './generated/client.js';
import { attemptOf, paymentOf, refundOf } from './payment.rows.js';

/** The claimed rows themselves, oldest first; a kind of which nothing was due costs no query. */
export async function loadDue(client: PrismaClient, { attempt, refund, payment }: Claimed): Promise<Due> {
  const [attempts, refunds, expired] = await Promise.all([
    attemptsOf(client, attempt),
    refundsOf(client, refund),
    paymentsOf(client, payment),
  ]);
  return { attempts, refunds, expired };
}

async function attemptsOf(client: PrismaClient, ids: readonly string[]): Promise<readonly Attempt[]> {
  if (ids.length === 0) return [];
  return (await client.attempt.findMany({ where: { id: { in: [...ids] } }, orderBy: { createdAt: 'asc' } })).map(
    attemptOf,
  );
}

async function refundsOf(client: PrismaClient, ids: readonly string[]): Promise<readonly Refund[]> {
  if (ids.length === 0) return [];
  return (await client.refund.findMany({ where: { id: { in: [...ids] } }, orderBy: { createdAt: 'asc' } })).map(
    refundOf,
  );
}

async function paymentsOf(client: PrismaClient, ids: readonly string[]): Promise<readonly Payment[]> {
  if (ids.length === 0) return [];
  const rows = await client.payment.findMany({
    where: { id: { in: [...ids] }, status: 'open' },
    orderBy: { expiresAt: 'asc' },
  });
  return rows.map(paymentOf);
}
