import type { Lease, Refund, RefundSpacing, RefundTurn } from '@hutong/payment-core';
import type { PrismaClient } from './generated/client.js';
import { heldRow } from './lease.js';
import { Abandon, atomically, type Tx } from './transaction.js';

/** What failed may have been refused before it became a part over there, so it is not counted. The payment is locked. */
export async function hasPartLeft(tx: Tx, { captureId }: Refund, { parts }: RefundSpacing): Promise<boolean> {
  if (parts === undefined) return true;
  return (await tx.refund.count({ where: { captureId, status: { not: 'failed' } } })) < parts;
}

/** When a new refund goes: now, or after everything that went or waits before it. The payment is locked. */
export async function firstTurn(
  tx: Tx,
  { id, captureId, createdAt }: Refund,
  { apartMs }: RefundSpacing,
): Promise<Pick<Refund, 'sentAt'> | Pick<Refund, 'sendAt' | 'nextCheckAt'>> {
  if (apartMs === undefined) return { sentAt: createdAt };
  const { _max } = await tx.refund.aggregate({
    where: { captureId, id: { not: id } },
    _max: { sentAt: true, sendAt: true },
  });
  const last = Math.max(_max.sentAt?.getTime() ?? -Infinity, _max.sendAt?.getTime() ?? -Infinity);
  const at = new Date(last + apartMs);
  return last + apartMs <= createdAt.getTime() ? { sentAt: createdAt } : { sendAt: at, nextCheckAt: at };
}

interface Turn {
  readonly id: string;
  readonly now: Date;
  readonly apartMs: number | undefined;
  readonly lease: Lease | undefined;
}

/** Commits `sent_at` before the call, or when to come back. */
export function takeRefundTurn(client: PrismaClient, turn: Turn): Promise<RefundTurn> {
  return atomically(client, (tx) => take(tx, turn));
}

async function take(tx: Tx, { id, now, apartMs, lease }: Turn): Promise<RefundTurn> {
  const refund = await tx.refund.findUniqueOrThrow({ where: { id }, select: { captureId: true, paymentId: true } });
  await tx.$queryRaw`SELECT id FROM payments WHERE id = ${refund.paymentId} FOR UPDATE`;
  const until = apartMs === undefined ? undefined : await freeFrom(tx, id, refund.captureId, apartMs);
  const waits = until !== undefined && until > now;
  const { count } = await tx.refund.updateMany({
    where: { id, ...heldRow('refund', id, lease) },
    data: waits ? { sendAt: until, nextCheckAt: until, leasedUntil: null } : { sentAt: now },
  });
  if (count === 0) throw new Abandon<RefundTurn>({ turn: 'lost' });
  return waits ? { turn: 'later', at: until } : { turn: 'now' };
}

/** Of what waits, everyone takes their turn at sending: only what went counts here. */
async function freeFrom(tx: Tx, id: string, captureId: string, apartMs: number): Promise<Date | undefined> {
  const { _max } = await tx.refund.aggregate({ where: { captureId, id: { not: id } }, _max: { sentAt: true } });
  return _max.sentAt === null ? undefined : new Date(_max.sentAt.getTime() + apartMs);
}
