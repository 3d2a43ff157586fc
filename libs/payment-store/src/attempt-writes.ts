import {
  ATTEMPT_SOURCES,
  type Alert,
  type AttemptChange,
  type AttemptStatus,
  type Lease,
  type NewEvent,
} from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { guardedMove } from './guarded-move.js';
import { heldPayment, heldRow, releasedRow } from './lease.js';
import { actionRow } from './payment.rows.js';
import type { Tx } from './transaction.js';

export interface AttemptMove {
  readonly id: string;
  readonly to: AttemptStatus;
  readonly change: AttemptChange;
  readonly lease: Lease | undefined;
}

export function moveAttempt(client: PrismaClient, move: AttemptMove, event?: NewEvent): Promise<boolean> {
  return guardedMove(client, (tx) => moveRow(tx, move), event);
}

async function moveRow(tx: Tx, { id, to, change: { nextAction, ...change }, lease }: AttemptMove): Promise<boolean> {
  const { count } = await tx.attempt.updateMany({
    where: { id, status: { in: [...ATTEMPT_SOURCES[to]] }, ...heldRow('attempt', id, lease), ...heldPayment(lease) },
    data: {
      ...change,
      status: to,
      ...(nextAction === undefined ? {} : { nextAction: actionRow(nextAction) }),
      ...releasedRow('attempt', id, lease),
    },
  });
  return count === 1;
}

export interface Schedule {
  readonly id: string;
  readonly nextCheckAt: Date | null;
  readonly lease: Lease | undefined;
}

/** With an alert, the mark and its event are one. */
export async function scheduleAttempt(
  client: PrismaClient,
  { id, nextCheckAt, lease }: Schedule,
  alert?: Alert,
): Promise<void> {
  const schedule = async (tx: Tx): Promise<boolean> => {
    const { count } = await tx.attempt.updateMany({
      where: { id, ...heldRow('attempt', id, lease), ...heldPayment(lease), ...(alert && { alertedAt: null }) },
      data: {
        nextCheckAt,
        checks: { increment: 1 },
        ...(alert && { alertedAt: alert.at }),
        ...releasedRow('attempt', id, lease),
      },
    });
    return count === 1;
  };
  await guardedMove(client, schedule, alert?.event);
}
