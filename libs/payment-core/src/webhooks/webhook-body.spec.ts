import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES, webhookBody, type EventFacts, type PastEvent } from './webhook-body.js';

const payment = { id: 'pay_1', orderNo: 'order-1', amount: 1_299, currency: 'CNY' };
const facts = (change: Partial<EventFacts> = {}): EventFacts => ({
  id: 'evt_1',
  app: 'shop',
  type: 'payment.created',
  createdAt: new Date('2026-03-01T08:00:00.123Z'),
  sequence: 1,
  data: {},
  payment,
  history: [],
  ...change,
});

/** A payment's life: what happens, and what GET would answer after each step. */
const step = fc.oneof(
  fc.record({ type: fc.constant('payment.attempt_opened'), data: fc.constant({ attempt_id: 'att_1' }) }),
  fc.record({
    type: fc.constant('refund.succeeded'),
    data: fc.record({ amount: fc.integer({ min: 1, max: 99 }), cause: fc.constantFrom('merchant', 'obligation') }),
  }),
  fc.record({ type: fc.constantFrom('payment.paid', 'payment.closed'), data: fc.constant({}) }),
);

interface Told {
  readonly sequence: number;
  readonly status: string;
  readonly refunded: number;
}

/** The state after the whole history, told by a fold of its own. */
function truth(history: readonly PastEvent[]): Omit<Told, 'sequence'> {
  let status = 'open';
  let refunded = 0;
  for (const { type, data } of history) {
    if (type === 'payment.paid') status = 'paid';
    if (type === 'payment.closed' && status === 'open') status = 'closed';
    if (type === 'refund.succeeded' && data['cause'] === 'merchant') refunded += Number(data['amount']);
  }
  return { status, refunded };
}

/** A merchant that remembers ids and the highest sequence, as docs/webhooks.md says. */
function consume(bodies: readonly string[]): Omit<Told, 'sequence'> {
  const seen = new Set<string>();
  let newest: Told = { sequence: 0, status: 'open', refunded: 0 };
  for (const body of bodies) {
    const { id, sequence, data } = JSON.parse(body);
    if (seen.has(id)) continue;
    seen.add(id);
    if (sequence > newest.sequence) newest = { sequence, status: data.status, refunded: data.amount_refunded };
  }
  return { status: newest.status, refunded: newest.refunded };
}

describe('the message of an event', () => {
  it('names the event, the app, the payment and how it stands, and what is particular to it apart', () => {
    expect(JSON.parse(webhookBody(facts({ data: { refund_id: 'ref_1', amount: 5 } })))).toEqual({
      id: 'evt_1',
      type: 'payment.created',
      created_at: '2026-03-01T08:00:00.123Z',
      app: 'shop',
      sequence: 1,
      data: {
        payment_id: 'pay_1',
        order_no: 'order-1',
        status: 'open',
        amount: 1_299,
        currency: 'CNY',
        amount_refunded: 0,
        detail: { refund_id: 'ref_1', amount: 5 },
      },
    });
  });

  it('of an app has no sequence and no payment', () => {
    const { payment: _, ...rest } = facts({ sequence: null, type: 'rollout.held', data: { method: 'alipay' } });
    expect(JSON.parse(webhookBody(rest))).toMatchObject({ sequence: null, data: { method: 'alipay' } });
  });

  it('stays under 20 kB: what is particular to the event gives way, the payment never', () => {
    const body = webhookBody(facts({ data: { text: '互'.repeat(10_000) } }));
    expect(Buffer.byteLength(body)).toBeLessThan(MAX_BODY_BYTES);
    expect(JSON.parse(body).data).toMatchObject({ payment_id: 'pay_1', detail: { left_out: 'too_large' } });
  });

  it('brings a merchant to the same state however messages are shuffled and repeated', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (steps, dice) => {
        const history = steps.map((it, index) => ({ ...it, sequence: index + 1 }));
        const bodies = history.map(({ type, data, sequence }) =>
          // Relayed late, as a worker may: the whole history stands there already.
          webhookBody(facts({ id: `evt_${sequence}`, type, data, sequence, history })),
        );
        const roll = () => dice.next().value as number;
        const shuffled = [...bodies, ...bodies.filter(() => roll() % 2 === 0)]
          .map((body) => ({ body, at: roll() }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ body }) => body);
        expect(consume(shuffled)).toEqual(truth(history));
      }),
    );
  });
});
