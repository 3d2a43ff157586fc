import { money } from '@hutong/payment-port';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt, Payment } from '../payment.js';
import {
  FRIEND_REQUEST_STATUSES,
  isOver,
  paidBy,
  statusOf,
  type FriendRequest,
  type FriendRequestRecord,
} from './friend-request.js';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 8, minute));

const REQUEST: FriendRequest = {
  id: 'fr_1',
  app: 'shop',
  paymentId: 'pay_1',
  method: 'wire_friend_pay',
  contentHash: 'hash',
  token: 'token',
  textCode: 'code',
  createdAt: at(0),
  expiresAt: at(20),
  attemptCount: 0,
};

const PAYMENT: Payment = {
  id: 'pay_1',
  app: 'shop',
  orderNo: '1',
  contentHash: 'hash',
  status: 'open',
  amount: money(1_299),
  description: '春笋',
  cashierToken: 'token',
  createdAt: at(0),
  expiresAt: at(30),
};

const friends = { id: 'att_friend', friendRequestId: REQUEST.id } as Attempt;
const others = { id: 'att_owner' } as Attempt;

function recordOf(payment: Partial<Payment>, request: Partial<FriendRequest>): FriendRequestRecord {
  return {
    payment: { ...PAYMENT, ...payment },
    attempts: [friends, others],
    captures: [],
    refunds: [],
    request: { ...REQUEST, ...request },
  };
}

const byFriend = { status: 'paid', paidWith: friends.id, paidAt: at(10) } as const;
const byOwner = { status: 'paid', paidWith: others.id, paidAt: at(10) } as const;

describe('a request', () => {
  it.each([
    ['open', {}, {}, 'open', undefined],
    ['claimed while somebody holds it', {}, { heldUntil: at(6) }, 'claimed', undefined],
    ['open again once they do not', {}, { heldUntil: at(5) }, 'open', undefined],
    ['canceled by its owner', {}, { canceledAt: at(1), heldUntil: at(6) }, 'canceled', undefined],
    ['expired by its own clock', {}, { expiresAt: at(5) }, 'expired', undefined],
    ['canceled with its payment', { status: 'closed', closedReason: 'canceled' }, {}, 'canceled', undefined],
    ['expired with its payment', { status: 'closed', closedReason: 'expired' }, {}, 'expired', undefined],
    ['paid by its friend', byFriend, {}, 'paid', 'friend'],
    ['paid by somebody else', byOwner, {}, 'paid', 'other'],
    ['paid by a friend who was faster than the cancel', byFriend, { canceledAt: at(9) }, 'paid', 'friend'],
    ['still canceled when the owner pays later', byOwner, { canceledAt: at(9) }, 'canceled', 'other'],
    ['still expired when the owner pays later', byOwner, { expiresAt: at(4) }, 'expired', 'other'],
  ] as const)('is %s', (_what, payment, request, status, by) => {
    const record = recordOf(payment, request);
    expect([statusOf(record, at(5)), paidBy(record)]).toEqual([status, by]);
  });

  const minutes = fc.integer({ min: 0, max: 40 }).map(at);
  const records = fc
    .record({
      payment: fc.oneof(
        fc.constant({}),
        minutes.map((paidAt) => ({ status: 'paid' as const, paidWith: friends.id, paidAt })),
        minutes.map((paidAt) => ({ status: 'paid' as const, paidWith: others.id, paidAt })),
        fc.constantFrom('canceled' as const, 'expired' as const).map((closedReason) => ({
          status: 'closed' as const,
          closedReason,
        })),
      ),
      request: fc.record({ canceledAt: minutes, heldUntil: minutes, expiresAt: minutes }, { requiredKeys: [] }),
    })
    .map(({ payment, request }) => recordOf(payment, request));

  it('has one status, and a dead one stays what it is however late one looks', () =>
    fc.assert(
      fc.property(records, minutes, fc.nat(100_000), (record, now, later) => {
        const status = statusOf(record, now);
        expect(FRIEND_REQUEST_STATUSES).toContain(status);
        const then = statusOf(record, new Date(now.getTime() + later * 1_000));
        expect(isOver(status) ? then : status).toBe(status);
      }),
      { numRuns: 1_000 },
    ));

  it("is paid by its friend only when the friend's own try paid the payment", () =>
    fc.assert(
      fc.property(records, minutes, (record, now) => {
        expect(paidBy(record) === 'friend').toBe(record.payment.paidWith === friends.id);
        expect(record.payment.status === 'open' && statusOf(record, now) === 'paid').toBe(false);
      }),
      { numRuns: 1_000 },
    ));
});
