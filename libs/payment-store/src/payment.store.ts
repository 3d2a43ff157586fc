import type {
  Alert,
  Attempt,
  AttemptChange,
  AttemptStatus,
  Capture,
  Due,
  DueQuery,
  Lease,
  NewEvent,
  Payment,
  PaymentEvent,
  PaymentRecord,
  PaymentStore,
  Refund,
  RefundChange,
  RefundSpacing,
  RefundStatus,
  RefundTurn,
  Settlement,
} from '@hutong/payment-core';
import { moveAttempt, scheduleAttempt } from './attempt-writes.js';
import { claimDue } from './claim-due.sql.js';
import { loadDue } from './due-rows.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { renewLease } from './lease.js';
import { openAttempt } from './open-attempt.sql.js';
import { appendEvent, closePayment, insertPayment, raiseReview } from './payment-writes.js';
import { attemptOf, eventOf, recordOf, refundOf } from './payment.rows.js';
import { takeRefundTurn } from './refund-turn.js';
import { insertRefund, moveRefund, scheduleRefund } from './refund-writes.js';
import { settleCapture } from './settle-capture.sql.js';

/** Everything that hangs on a payment, oldest first, in one round trip. */
const WHOLE = {
  include: {
    attempts: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    captures: { orderBy: [{ paidAt: 'asc' }, { id: 'asc' }] },
    refunds: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
  },
  relationLoadStrategy: 'join',
} satisfies Partial<Prisma.PaymentFindFirstArgs>;

/** Reads are here; writes are a file each, the three hot ones in SQL. */
export class PaymentStoreOnPrisma implements PaymentStore {
  constructor(
    private readonly client: PrismaClient,
    private readonly lease?: Lease,
  ) {}

  findPayment(app: string, id: string): Promise<PaymentRecord | undefined> {
    return this.find({ id, app });
  }

  findPaymentByOrderNo(app: string, orderNo: string): Promise<PaymentRecord | undefined> {
    return this.find({ app_orderNo: { app, orderNo } });
  }

  findPaymentByCashierToken(cashierToken: string): Promise<PaymentRecord | undefined> {
    return this.find({ cashierToken });
  }

  loadPayment(id: string): Promise<PaymentRecord | undefined> {
    return this.find({ id });
  }

  private async find(where: Prisma.PaymentWhereUniqueInput): Promise<PaymentRecord | undefined> {
    const row = await this.client.payment.findUnique({ where, ...WHOLE });
    return row === null ? undefined : recordOf(row);
  }

  insertPayment(payment: Payment, event: NewEvent): Promise<{ readonly inserted: boolean; readonly payment: Payment }> {
    return insertPayment(this.client, payment, event);
  }

  closePayment(id: string, reason: 'canceled' | 'expired', event: NewEvent): Promise<boolean> {
    return closePayment(this.client, id, reason, event, this.lease);
  }

  openAttempt(attempt: Attempt, event: NewEvent): Promise<boolean> {
    return openAttempt(this.client, attempt, event);
  }

  moveAttempt(
    id: string,
    to: Exclude<AttemptStatus, 'paid' | 'starting'>,
    change: AttemptChange,
    event?: NewEvent,
  ): Promise<boolean> {
    return moveAttempt(this.client, { id, to, change, lease: this.lease }, event);
  }

  scheduleAttempt(id: string, nextCheckAt: Date | null, alert?: Alert): Promise<void> {
    return scheduleAttempt(this.client, { id, nextCheckAt, lease: this.lease }, alert);
  }

  async findAttemptByReference(reference: string): Promise<Attempt | undefined> {
    const row = await this.client.attempt.findUnique({ where: { reference } });
    return row === null ? undefined : attemptOf(row);
  }

  settleCapture(
    capture: Omit<Capture, 'accepted'>,
    owed: Refund,
    events: { readonly paid: NewEvent; readonly overpaid: NewEvent },
  ): Promise<Settlement> {
    return settleCapture(this.client, capture, owed, events);
  }

  insertRefund(refund: Refund, event: NewEvent, spacing?: RefundSpacing): ReturnType<PaymentStore['insertRefund']> {
    return insertRefund(this.client, refund, event, spacing);
  }

  takeRefundTurn(id: string, now: Date, { apartMs }: RefundSpacing): Promise<RefundTurn> {
    return takeRefundTurn(this.client, { id, now, apartMs, lease: this.lease });
  }

  async findRefund(app: string, id: string): Promise<Refund | undefined> {
    const row = await this.client.refund.findUnique({ where: { id, app } });
    return row === null ? undefined : refundOf(row);
  }

  async findRefundByReference(reference: string): Promise<Refund | undefined> {
    const row = await this.client.refund.findUnique({ where: { reference } });
    return row === null ? undefined : refundOf(row);
  }

  moveRefund(id: string, to: RefundStatus, change: RefundChange, event?: NewEvent): Promise<boolean> {
    return moveRefund(this.client, { id, to, change, lease: this.lease }, event);
  }

  scheduleRefund(id: string, nextCheckAt: Date | null): Promise<void> {
    return scheduleRefund(this.client, { id, nextCheckAt, lease: this.lease });
  }

  appendEvent(event: NewEvent): Promise<void> {
    return appendEvent(this.client, event);
  }

  raiseReview(event: NewEvent): Promise<void> {
    return raiseReview(this.client, event, this.lease);
  }

  async listEvents(app: string, paymentId: string): Promise<readonly PaymentEvent[]> {
    return (await this.client.event.findMany({ where: { app, paymentId }, orderBy: { sequence: 'asc' } })).map(eventOf);
  }

  async claimDue(query: DueQuery): Promise<Due> {
    return loadDue(this.client, await claimDue(this.client, query));
  }

  underLease(lease: Lease): PaymentStore {
    return new PaymentStoreOnPrisma(this.client, lease);
  }

  renewLease(lease: Lease, leaseMs: number): Promise<boolean> {
    return renewLease(this.client, lease, leaseMs);
  }
}
