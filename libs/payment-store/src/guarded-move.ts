import type { NewEvent } from '@hutong/payment-core';
import { lockPayment, writeEvent } from './event-sequence.js';
import type { PrismaClient } from './generated/client.js';
import { Abandon, atomically, type Tx } from './transaction.js';

/** `UPDATE … WHERE status IN …`; false when the row stood elsewhere. */
export type Move = (tx: Tx) => Promise<boolean>;

/** A move without its event is one guarded statement; with it, a transaction under the payment's lock. */
export async function guardedMove(client: PrismaClient, move: Move, event?: NewEvent): Promise<boolean> {
  return event === undefined ? move(client) : atomically(client, (tx) => moveWithEvent(tx, move, event));
}

async function moveWithEvent(tx: Tx, move: Move, event: NewEvent): Promise<boolean> {
  const sequence = await lockPayment(tx, event.paymentId);
  if (!(await move(tx))) throw new Abandon(false);
  await writeEvent(tx, event, sequence);
  return true;
}
