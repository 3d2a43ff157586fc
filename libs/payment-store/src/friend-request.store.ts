import type {
  Attempt,
  FriendRequest,
  FriendRequestInserted,
  FriendRequestStore,
  FriendsTurn,
  NewEvent,
} from '@hutong/payment-core';
import { writeEvent } from './event-sequence.js';
import { openFriendAttempt } from './friend-attempt-writes.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { guardedMove } from './guarded-move.js';
import { lockOpenPayment } from './lock-open-payment.js';
import { Abandon, atomically, type Tx } from './transaction.js';
import { withoutNulls } from './without-nulls.js';

export class FriendRequestStoreOnPrisma implements FriendRequestStore {
  constructor(private readonly client: PrismaClient) {}

  insertRequest(request: FriendRequest, event: NewEvent): Promise<FriendRequestInserted> {
    return atomically(this.client, (tx) => insert(tx, request, event));
  }

  findRequest(app: string, id: string): Promise<FriendRequest | undefined> {
    return this.find({ id, app });
  }

  findRequestByToken(token: string): Promise<FriendRequest | undefined> {
    return this.find({ token });
  }

  findRequestByTextCode(app: string, textCode: string): Promise<FriendRequest | undefined> {
    return this.find({ app_textCode: { app, textCode } });
  }

  async findOpenRequest(paymentId: string, method: string, now: Date): Promise<FriendRequest | undefined> {
    const where = { paymentId, method, canceledAt: null, expiresAt: { gt: now } };
    const row = await this.client.friendRequest.findFirst({ where });
    return row === null ? undefined : requestOf(row);
  }

  private async find(where: Prisma.FriendRequestWhereUniqueInput): Promise<FriendRequest | undefined> {
    const row = await this.client.friendRequest.findUnique({ where });
    return row === null ? undefined : requestOf(row);
  }

  async hold(
    { id }: Pick<FriendRequest, 'id'>,
    { holder, now, until }: Parameters<FriendRequestStore['hold']>[1],
    event: NewEvent,
  ): Promise<boolean> {
    const alive = { id, canceledAt: null, expiresAt: { gt: now } };
    const data = { holder, heldUntil: until };
    const goesOn = { ...alive, holder, heldUntil: { gt: now } };
    if ((await this.client.friendRequest.updateMany({ where: goesOn, data })).count === 1) return true;
    const isFree = { ...alive, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }, { holder }] };
    return guardedMove(this.client, (tx) => updateOne(tx, isFree, data), event);
  }

  cancelRequest(id: string, canceledAt: Date, event: NewEvent): Promise<boolean> {
    return guardedMove(this.client, (tx) => updateOne(tx, { id, canceledAt: null }, { canceledAt }), event);
  }

  openAttempt(attempt: Attempt, event: NewEvent, turn: FriendsTurn): Promise<boolean> {
    return openFriendAttempt(this.client, attempt, event, turn);
  }
}

/** The row lock of the payment makes "no other is open" true until the end of the transaction. */
async function insert(tx: Tx, request: FriendRequest, event: NewEvent): Promise<FriendRequestInserted> {
  const { paymentId, method, createdAt } = request;
  const sequence = await lockOpenPayment(tx, request);
  if (sequence === undefined) throw new Abandon<FriendRequestInserted>({ outcome: 'payment_over' });
  const open = { paymentId, method, canceledAt: null, expiresAt: { gt: createdAt } };
  const standing = await tx.friendRequest.findFirst({ where: open });
  if (standing !== null) throw new Abandon<FriendRequestInserted>({ outcome: 'stands', request: requestOf(standing) });
  await tx.friendRequest.create({ data: request, select: { id: true } });
  await writeEvent(tx, event, sequence);
  return { outcome: 'inserted' };
}

async function updateOne(
  tx: Tx,
  where: Prisma.FriendRequestWhereInput,
  data: Prisma.FriendRequestUpdateManyMutationInput,
): Promise<boolean> {
  return (await tx.friendRequest.updateMany({ where, data })).count === 1;
}

function requestOf(row: Prisma.FriendRequestGetPayload<object>): FriendRequest {
  return withoutNulls(row);
}
