import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import type { CoreContext } from '../core-context.js';
import type { DeliveryOutcome } from '../stores/webhook.store.js';
import { deliverWebhook, type SendResult } from './deliver-webhook.js';
import { FAILING_LIMIT_MS, MAX_RETRY_AFTER_MS, RETRY_SCHEDULE_MS, retryDelay } from './retry-schedule.js';
import { mintSigningKey } from './signing-keys.js';
import type { ClaimedDelivery, DeliveryAttempt } from './webhook.js';

/** Business time is a year ahead of the wall: what follows which is visible. */
const WALL = new Date();
const BUSINESS = new Date(WALL.getTime() + 365 * 86_400_000);

const claimed: ClaimedDelivery = {
  id: 'whd_1',
  app: 'shop',
  eventId: 'evt_1',
  endpointId: 'whe_1',
  url: 'https://shop.example/hook',
  body: '{"id":"evt_1"}',
  attempts: 0,
  fence: 1,
};

/** A worker over one delivery; the store may lose what it is told, as in a crash. */
function worker({ crashes = 0, keys = [mintSigningKey(BUSINESS)] } = {}) {
  const sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string }[] = [];
  const finished: { readonly attempt: DeliveryAttempt; readonly outcome: DeliveryOutcome }[] = [];
  const reports: string[] = [];
  let left = crashes;
  const webhooks = {
    signingKeys: async () => keys,
    finishAttempt: async (_: ClaimedDelivery, attempt: DeliveryAttempt, outcome: DeliveryOutcome) => {
      if (left-- > 0) throw new Error('the process died');
      finished.push({ attempt, outcome });
      return true;
    },
  };
  const core = {
    stores: { webhooks },
    clock: { now: () => BUSINESS },
    report: (error: unknown) => void reports.push((error as Error).message),
  } as unknown as CoreContext;
  const deliver = (result: SendResult, change: Partial<ClaimedDelivery> = {}) => {
    const send = async (_: string, headers: Readonly<Record<string, string>>, body: string) => {
      sent.push({ headers, body });
      return result;
    };
    return deliverWebhook(core, { sender: { send }, wallClock: { now: () => WALL } }, { ...claimed, ...change });
  };
  return { deliver, sent, finished, reports, keys };
}

async function outcomeOf(result: SendResult, change: Partial<ClaimedDelivery> = {}): Promise<DeliveryOutcome> {
  const { deliver, finished } = worker();
  await deliver(result, change);
  return finished[0]!.outcome;
}

const after = (ms: number): DeliveryOutcome => ({ kind: 'retry', at: new Date(BUSINESS.getTime() + ms) });

describe('one exchange', () => {
  it.each([200, 201, 204, 299])('that is answered with %i is delivered', async (status) => {
    expect(await outcomeOf({ status })).toEqual({ kind: 'delivered' });
  });

  it.each([
    [{ status: 199 }],
    [{ status: 301 }],
    [{ status: 404 }],
    [{ status: 500 }],
    [{ error: 'timed_out' as const }],
    [{ error: 'answer_cut_off' as const }],
    [{ error: 'address_refused' as const }],
  ])('that ends with %j is tried again one step later, in business time', async (result) => {
    expect(await outcomeOf(result)).toEqual(after(retryDelay(1, 'whd_1')!));
    expect(await outcomeOf(result, { attempts: 5 })).toEqual(after(retryDelay(6, 'whd_1')!));
  });

  it('that fails for the tenth time is given up, and somebody is told', async () => {
    const { deliver, finished, reports } = worker();
    await deliver({ status: 500 }, { attempts: RETRY_SCHEDULE_MS.length - 1 });
    expect(finished[0]!.outcome).toEqual({ kind: 'dead_letter' });
    expect(reports).toEqual(['A webhook was given up.']);
  });

  it('that is answered with 410, or fails after five days of failures, disables the endpoint', async () => {
    const gone = await outcomeOf({ status: 410 });
    expect(gone).toMatchObject({ kind: 'disable', reason: 'gone', event: { type: 'webhook_endpoint.disabled' } });
    const since = (ms: number) => ({ failingSince: new Date(BUSINESS.getTime() - ms) });
    expect(await outcomeOf({ status: 500 }, since(FAILING_LIMIT_MS))).toMatchObject({ reason: 'failing' });
    expect(await outcomeOf({ status: 500 }, since(FAILING_LIMIT_MS - 1))).toMatchObject({ kind: 'retry' });
    expect(await outcomeOf({ status: 200 }, since(FAILING_LIMIT_MS))).toEqual({ kind: 'delivered' });
  });

  it('waits as long as 429 and 503 ask, never less than the step, and at most a day; other answers are not heard', async () => {
    const asked = (status: number, retryAfter: string) => outcomeOf({ status, retryAfter });
    const step = after(retryDelay(1, 'whd_1')!);
    for (const status of [429, 503]) {
      expect(await asked(status, '60')).toEqual(after(60_000));
      expect(await asked(status, '1')).toEqual(step);
      expect(await asked(status, '999999999')).toEqual(after(MAX_RETRY_AFTER_MS));
    }
    expect(await asked(500, '60')).toEqual(step);
  });

  it('is signed with every key of the overlap, at real time', async () => {
    const keys = [mintSigningKey(BUSINESS), mintSigningKey(BUSINESS)];
    const { deliver, sent } = worker({ keys });
    await deliver({ status: 200 });
    // The library refuses a timestamp that is more than five minutes off the wall clock.
    for (const { secret } of keys)
      expect(new Webhook(secret).verify(sent[0]!.body, { ...sent[0]!.headers })).toEqual({ id: 'evt_1' });
  });

  it('is not made for an endpoint whose keys are gone', async () => {
    const { deliver, sent, finished } = worker({ keys: [] });
    await deliver({ status: 200 });
    expect([sent, finished]).toEqual([[], []]);
  });

  it('F-08 whose 2xx was lost in a crash happens again with the same id and bytes', async () => {
    const { deliver, sent, finished } = worker({ crashes: 1 });
    await expect(deliver({ status: 200 })).rejects.toThrow('the process died');
    await deliver({ status: 200 }, { fence: 2 });
    expect(finished).toHaveLength(1);
    const first = ['evt_1', claimed.body];
    expect(sent.map(({ headers, body }) => [headers['webhook-id'], body])).toEqual([first, first]);
  });
});
