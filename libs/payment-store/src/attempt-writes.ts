import { ATTEMPT_SOURCES, type AttemptChange, type AttemptStatus, type NewEvent } from '@hutong/payment-core';
import { lockPayment, writeEvent } from './event-sequence.js';
import type { PrismaClient } from './generated/client.js';
import { actionRow } from './payment.rows.js';
import { Abandon, atomically, type Tx } from './transaction.js';

/** A move without its event is one guarded statement; with it, a transaction under the payment's lock. */
export async function moveAttempt(
  client: PrismaClient,
  id: string,
  to: AttemptStatus,
  change: AttemptChange,
  event?: NewEvent,
): Promise<boolean> {
  if (event === undefined) return move(client, id, to, change);
  return atomically(client, (tx) => moveWithEvent(tx, id, to, change, event));
}

async function moveWithEvent(
  tx: Tx,
  id: string,
  to: AttemptStatus,
  change: AttemptChange,
  event: NewEvent,
): Promise<boolean> {
  const sequence = await lockPayment(tx, event.paymentId);
  if (!(await move(tx, id, to, change))) throw new Abandon(false);
  await writeEvent(tx, event, sequence);
  return true;
}

async function move(tx: Tx, id: string, to: AttemptStatus, { nextAction, ...change }: AttemptChange): Promise<boolean> {
  const { count } = await tx.attempt.updateMany({
    where: { id, status: { in: [...ATTEMPT_SOURCES[to]] } },
    data: { ...change, status: to, ...(nextAction === undefined ? {} : { nextAction: actionRow(nextAction) }) },
  });
  return count === 1;
}
