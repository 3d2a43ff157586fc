import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { CoreContext, Payment, PaymentRecord } from '@hutong/payment-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventStream } from './event-stream.js';
import { MOST_WATCHERS, PaymentWatch } from './payment-watch.js';
import { statusView, type LiveStatus } from './standing.js';

const NOW = new Date('2026-03-01T08:00:00Z');

/** Payments by token, and how often each was looked up. */
function ledger() {
  const asked: string[] = [];
  const closed = new Set<string>();
  const recordOf = (token: string): PaymentRecord => ({
    payment: {
      id: token,
      status: closed.has(token) ? 'closed' : 'open',
      closedReason: closed.has(token) ? 'canceled' : undefined,
      expiresAt: new Date('2026-03-01T10:00:00Z'),
    } as unknown as Payment,
    attempts: [],
    captures: [],
    refunds: [],
  });
  const core = {
    clock: { now: () => NOW },
    stores: {
      payments: {
        findPaymentByCashierToken: async (token: string) => {
          asked.push(token);
          return recordOf(token);
        },
      },
    },
  } as unknown as CoreContext;
  return { asked, closed, watch: new PaymentWatch(core), seen: (token: string) => statusView(recordOf(token), NOW) };
}

function watcher() {
  const told: string[] = [];
  return { told, changed: ({ status }: LiveStatus) => void told.push(status), ended: () => void told.push('ended') };
}

const before: LiveStatus = { status: 'open', attempt: null };
const after: LiveStatus = { status: 'open', attempt: 'att_1' };

/** Looks that answer what and when the test says. */
function slowLooks() {
  const answers: ((status: LiveStatus) => void)[] = [];
  return { answers, look: () => new Promise<LiveStatus>((answer) => void answers.push(answer)) };
}

describe('watched payments', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are looked up once a second each, however many watch', async () => {
    const { asked, watch, seen } = ledger();
    for (const token of ['a', 'a', 'a', 'b']) watch.watch(token, seen(token), watcher());
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked.toSorted()).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
  });

  it('tell every watcher of a change once, and end with the payment', async () => {
    const { asked, closed, watch, seen } = ledger();
    const watchers = [watcher(), watcher()];
    for (const it of watchers) watch.watch('a', seen('a'), it);
    await vi.advanceTimersByTimeAsync(2_000);
    closed.add('a');
    await vi.advanceTimersByTimeAsync(5_000);
    for (const { told } of watchers) expect(told).toEqual(['canceled', 'ended']);
    expect(asked).toHaveLength(3);
  });

  it('tell a newcomer nothing that was looked up for those before it', async () => {
    const { watch } = ledger();
    const { answers, look } = slowLooks();
    const leave = watch.watch('a', before, watcher(), look);
    await vi.advanceTimersByTimeAsync(1_000);
    leave?.();
    const newcomer = watcher();
    watch.watch('a', after, newcomer, look);
    answers[0]!(before);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(newcomer.told).toEqual([]);
    expect(answers).toHaveLength(2);
    answers[1]!(after);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(newcomer.told).toEqual([]);
    expect(answers).toHaveLength(3);
  });

  it('tell a newcomer nothing that was being looked up as it came', async () => {
    const { watch } = ledger();
    const { answers, look } = slowLooks();
    const first = watcher();
    watch.watch('a', before, first, look);
    await vi.advanceTimersByTimeAsync(1_000);
    const newcomer = watcher();
    watch.watch('a', after, newcomer, look);
    answers[0]!(before);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(newcomer.told).toEqual([]);
    answers[1]!(after);
    await vi.advanceTimersByTimeAsync(0);
    expect(first.told).toEqual(['open']);
  });

  it('are told to a newcomer whose own look was overtaken by a change', async () => {
    const { watch, seen } = ledger();
    const first = watcher();
    const old = seen('a');
    watch.watch('a', old, first, async () => after);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(first.told).toEqual(['open']);
    const newcomer = watcher();
    watch.watch('a', old, newcomer);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(newcomer.told).toEqual(['open']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(newcomer.told).toEqual(['open']);
  });

  it('are looked up no more once nobody watches', async () => {
    const { asked, watch, seen } = ledger();
    const stop = watch.watch('a', seen('a'), watcher());
    stop?.();
    stop?.();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([]);
  });

  it('take so many watchers and no more, of one payment and of all', () => {
    const { watch, seen } = ledger();
    const open = (token: string) => watch.watch(token, seen(token), watcher());
    const ofOne = Array.from({ length: MOST_WATCHERS.perPayment }, () => open('a'));
    expect(open('a')).toBeUndefined();
    ofOne[0]?.();
    expect(open('a')).toBeTypeOf('function');
    for (let index = MOST_WATCHERS.perPayment; index < MOST_WATCHERS.all; index += 1) open(`of-${index}`);
    expect(open('one-more')).toBeUndefined();
  });

  it('let everybody go when the gateway closes', () => {
    const { watch, seen } = ledger();
    const last = watcher();
    watch.watch('a', seen('a'), last);
    watch.onModuleDestroy();
    expect(last.told).toEqual(['ended']);
  });
});

describe('a page that goes away while it is looked up', () => {
  /** What a route has in hand whose visitor hung up before it answered. */
  async function abandoned(): Promise<ServerResponse> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const visitor = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const asked = new Promise<ServerResponse>((done) => server.once('request', (_, response) => done(response)));
    visitor.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const response = await asked;
    const closed = new Promise((done) => response.once('close', done));
    visitor.destroy();
    await closed;
    server.close();
    return response;
  }

  it('takes no place of those who stay, and is written to no more', async () => {
    const { watch, seen } = ledger();
    for (let index = 0; index < MOST_WATCHERS.perPayment; index += 1) {
      const response = await abandoned();
      const written = vi.spyOn(response, 'write');
      const stream = new EventStream(response);
      expect(watch.watch('a', seen('a'), stream)).toBeTypeOf('function');
      stream.begin(seen('a'));
      expect(written).not.toHaveBeenCalled();
    }
    expect(watch.watch('a', seen('a'), watcher())).toBeTypeOf('function');
    watch.onModuleDestroy();
  });
});
