import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../frame/fault-rule.js';
import type { Delivery } from '../frame/notifier.js';
import { type TestReceiver, testReceiver } from '../frame/test-receiver.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { NOTIFICATION_LADDER } from './notifications.js';
import { TestMerchant } from './test-merchant.js';
import { wechatPayWire } from './wechat-pay.js';

describe('WeChat Pay notifications', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  let receiver: TestReceiver;

  beforeAll(async () => {
    receiver = await testReceiver();
    sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });

  const paid = async (reference: string): Promise<void> => {
    await merchant.place('native', reference, { notify_url: receiver.url });
    const [trade] = sandbox.trades.list({ reference });
    if (trade !== undefined) await sandbox.cashier.pay(trade);
    await sandbox.settled();
  };
  const deliveries = (reference: string): readonly Delivery[] =>
    sandbox.notifier.deliveries().filter((delivery) => delivery.reference === reference);
  const faults = (...rules: readonly Omit<FaultRule, 'match' | 'phase'>[]): void =>
    sandbox.faults.set(rules.map((rule) => ({ match: { operation: 'notification' }, phase: 'before', ...rule })));
  const trusts = ({ headers, body }: Delivery): boolean => merchant.trusts(new Headers(headers), body);

  it('sends the paid order, encrypted and signed', async () => {
    await paid('note_0001');
    const [delivery] = deliveries('note_0001');
    expect(delivery).toMatchObject({ verdict: 'accepted', status: 200, attempt: 1 });
    const { event_type: event, resource } = JSON.parse(receiver.received.at(-1)?.body ?? '{}');
    expect([event, resource.original_type, resource.associated_data]).toEqual([
      'TRANSACTION.SUCCESS',
      'transaction',
      'transaction',
    ]);
    expect(JSON.parse(merchant.opened(resource))).toEqual((await merchant.query('note_0001')).json);
    expect(delivery !== undefined && trusts(delivery)).toBe(true);
  });

  it('sends again along the ladder until it is taken, with a fresh signature and the same id', async () => {
    receiver.answerWith(500, 302, 204);
    await paid('note_0002');
    await sandbox.clock.advance(14_000);
    expect(deliveries('note_0002')).toHaveLength(1);
    await sandbox.clock.advance(1_000);
    await sandbox.clock.advance(15_000);
    await sandbox.clock.advance(86_400_000);
    const sent = deliveries('note_0002');
    expect(sent.map(({ status, verdict }) => [status, verdict])).toEqual([
      [500, 'refused'],
      [302, 'refused'],
      [204, 'accepted'],
    ]);
    expect(new Set(sent.map(({ headers }) => headers['Wechatpay-Nonce'])).size).toBe(3);
    expect(new Set(sent.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
  });

  it('gives up after fifteen retries, a day and four minutes later', async () => {
    faults({ action: 'drop' });
    const before = receiver.received.length;
    await paid('note_0003');
    expect(NOTIFICATION_LADDER.reduce((sum, wait) => sum + wait, 0)).toBe(86_640_000);
    await sandbox.clock.advance(86_700_000);
    const sent = deliveries('note_0003');
    expect(sent).toHaveLength(16);
    expect(sent.every(({ verdict }) => verdict === 'dropped')).toBe(true);
    expect(sent.at(-1)?.next_attempt_at).toBeNull();
    expect(receiver.received).toHaveLength(before);
    const waits = sent.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(sent[index]?.at ?? ''));
    waits.forEach((wait, index) => expect(Math.abs(wait - (NOTIFICATION_LADDER[index] ?? 0))).toBeLessThan(5_000));
    faults();
  });

  it('loses one and brings it with the next attempt', async () => {
    faults({ action: 'drop', times: 1 });
    await paid('note_0004');
    await sandbox.clock.advance(15_000);
    expect(deliveries('note_0004').map(({ verdict }) => verdict)).toEqual(['dropped', 'accepted']);
  });

  it('sends one twice, and one late', async () => {
    faults({ action: 'duplicate', times: 1 });
    await paid('note_0005');
    expect(deliveries('note_0005').map(({ duplicate }) => duplicate)).toEqual([false, true]);
    faults({ action: 'lag', ms: 60_000, times: 1 });
    await paid('note_0006');
    expect(deliveries('note_0006')).toHaveLength(0);
    await sandbox.clock.advance(60_000);
    expect(deliveries('note_0006')).toHaveLength(1);
  });

  it.each(['bad_signature', 'no_signature', 'stale_timestamp', 'wrong_serial', 'wrong_key', 'signtest'] as const)(
    'spoils a signature on request: %s',
    async (action) => {
      faults({ action, times: 1 });
      await paid(`note_${action}`);
      const [delivery] = deliveries(`note_${action}`);
      expect(delivery !== undefined && trusts(delivery)).toBe(false);
    },
  );
});
