import { newId, type InboxEntry } from '@hutong/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing.js';
import { NOW } from './testing/specimens.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

function anEntry(change: Partial<InboxEntry> = {}): InboxEntry {
  return {
    id: newId('ntf'),
    provider: 'wire',
    accountId: 'acc_1',
    accountVersion: 1,
    messageId: newId('ntf'),
    subject: 'payment',
    headers: { 'wechatpay-serial': 'A1' },
    body: Buffer.from([0, 255, 13, 10]),
    receivedAt: NOW,
    ...change,
  };
}

describe('the inbox', () => {
  it('keeps a message as it came', async () => {
    const entry = anEntry();
    expect(await test.stores.inbox.receive(entry)).toEqual({ id: entry.id });
    const row = await test.database.client.notification.findUniqueOrThrow({ where: { id: entry.id } });
    expect(row).toMatchObject({ headers: entry.headers, receivedAt: NOW, outcome: null });
    expect(Buffer.from(row.body)).toEqual(entry.body);
  });

  it('holds a message once, however often and however fast it is sent', async () => {
    const messageId = newId('ntf');
    const sent = Array.from({ length: 6 }, () => anEntry({ messageId }));
    const received = await Promise.all(sent.map((entry) => test.stores.inbox.receive(entry)));
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
  });

  it('says what came of a message that was applied before, and keeps to it', async () => {
    const entry = anEntry();
    await test.stores.inbox.receive(entry);
    await test.stores.inbox.markApplied(entry.id, 'settled');
    await test.stores.inbox.markApplied(entry.id, 'unchanged');
    expect(await test.stores.inbox.receive({ ...entry, id: newId('ntf') })).toEqual({
      id: entry.id,
      outcome: 'settled',
    });
  });

  it('tells the same message id of two accounts apart', async () => {
    const entry = anEntry();
    await test.stores.inbox.receive(entry);
    const other = { ...entry, id: newId('ntf'), accountId: 'acc_2' };
    expect(await test.stores.inbox.receive(other)).toEqual({ id: other.id });
  });
});
