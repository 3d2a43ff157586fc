import { ATTEMPT_SOURCES, type AttemptChange, type AttemptStatus, type NewEvent } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { guardedMove } from './guarded-move.js';
import { actionRow } from './payment.rows.js';
import type { Tx } from './transaction.js';

export function moveAttempt(
  client: PrismaClient,
  id: string,
  to: AttemptStatus,
  change: AttemptChange,
  event?: NewEvent,
): Promise<boolean> {
  return guardedMove(client, (tx) => move(tx, id, to, change), event);
}

async function move(tx: Tx, id: string, to: AttemptStatus, { nextAction, ...change }: AttemptChange): Promise<boolean> {
  const { count } = await tx.attempt.updateMany({
    where: { id, status: { in: [...ATTEMPT_SOURCES[to]] } },
    data: { ...change, status: to, ...(nextAction === undefined ? {} : { nextAction: actionRow(nextAction) }) },
  });
  return count === 1;
}
