import type { Attempt, FriendsTurn, NewEvent } from '@hutong/payment-core';
import { writeEvent } from './event-sequence.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { lockOpenPayment } from './lock-open-payment.js';
import { actionRow } from './payment.rows.js';
import { Abandon, atomically, type Tx } from './transaction.js';

/** A friend's try beside the count of them: locks the payment first, as every writer does, then the request. */
export function openFriendAttempt(
  client: PrismaClient,
  attempt: Attempt,
  event: NewEvent,
  turn: FriendsTurn,
): Promise<boolean> {
  return atomically(client, (tx) => open(tx, attempt, event, turn));
}

async function open(tx: Tx, attempt: Attempt, event: NewEvent, turn: FriendsTurn): Promise<boolean> {
  const sequence = await lockOpenPayment(tx, attempt);
  if (sequence === undefined || !(await takeTurn(tx, turn))) throw new Abandon(false);
  await tx.attempt.create({ data: attemptRow(attempt), select: { id: true } });
  await writeEvent(tx, event, sequence);
  return true;
}

async function takeTurn(tx: Tx, { requestId, holder, attemptsSeen }: FriendsTurn): Promise<boolean> {
  const { count } = await tx.friendRequest.updateMany({
    where: { id: requestId, canceledAt: null, holder, attemptCount: attemptsSeen },
    data: { attemptCount: { increment: 1 } },
  });
  return count === 1;
}

function attemptRow({ nextAction, provider, accountId, accountVersion, ...attempt }: Attempt) {
  return {
    ...attempt,
    provider: provider ?? null,
    accountId: accountId ?? null,
    accountVersion: accountVersion ?? null,
    nextAction: nextAction === undefined ? Prisma.DbNull : actionRow(nextAction),
  };
}
