import { mintSigningKey, type ClaimedDelivery, type CoreContext, type SendResult } from '@hutong/payment-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebhookService } from './webhook.service.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const claimed: ClaimedDelivery = {
  id: 'whd_1',
  app: 'shop',
  eventId: 'evt_1',
  endpointId: 'whe_1',
  url: 'https://shop.example/',
  body: '{}',
  attempts: 0,
  fence: 1,
};

/** A worker with one delivery to make, whose receiver answers when it is told to. */
function worker(role: 'both' | 'api' | 'worker') {
  const waiting = [claimed];
  const finished: string[] = [];
  const receiver = Promise.withResolvers<SendResult>();
  const sent: string[] = [];
  const webhooks = {
    relay: async () => 0,
    claimDeliveries: async () => waiting.splice(0),
    signingKeys: async () => [mintSigningKey(new Date())],
    finishAttempt: async (_: unknown, __: unknown, { kind }: { kind: string }) => finished.push(kind) > 0,
  };
  const core = { stores: { webhooks }, clock: { now: () => new Date() }, report: () => undefined };
  const send = (url: string): Promise<SendResult> => {
    sent.push(url);
    return receiver.promise;
  };
  const service = new WebhookService(core as unknown as CoreContext, { role }, { send });
  return { service, waiting, finished, sent, answer: () => receiver.resolve({ status: 204 }) };
}

describe('the worker of webhooks', () => {
  it.each(['both', 'worker'] as const)('delivers in the role %s', async (role) => {
    const { service, sent, finished, answer } = worker(role);
    service.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(1);
    answer();
    await service.onApplicationShutdown();
    expect(finished).toEqual(['delivered']);
  });

  it('leaves it to others in the role api', async () => {
    const { service, sent } = worker('api');
    service.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(5_000);
    await service.onApplicationShutdown();
    expect(sent).toEqual([]);
  });

  it('waits at its end for what is in flight, and claims nothing more', async () => {
    const { service, waiting, sent, finished, answer } = worker('both');
    service.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(1_000);
    let stopped = false;
    const stopping = service.onApplicationShutdown().then(() => (stopped = true));
    waiting.push({ ...claimed, id: 'whd_2' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect([stopped, finished]).toEqual([false, []]);
    answer();
    await stopping;
    expect([finished, sent.length]).toEqual([['delivered'], 1]);
  });

  it('does not wait for ever', async () => {
    const { service } = worker('both');
    service.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(1_000);
    const stopping = service.onApplicationShutdown();
    await vi.advanceTimersByTimeAsync(20_000);
    await expect(stopping).resolves.toBeUndefined();
  });
});
