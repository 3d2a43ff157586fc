import { UntrustedMessage, type Notification, type Notifications, type RawMessage } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench, type Subject } from '../bench.js';
import { expectFailure, failureOf } from '../failure.js';
import type { Forgery, News } from '../harness.js';
import type { Rule } from '../rule.js';
import { REFUND, TRADE } from '../specimens.js';

const PAID: News = { of: 'payment', trade: TRADE };
const REFUNDED: News = { of: 'refund', refund: REFUND };
/** Enough places to flip one byte at, spread over the whole message. */
const FLIPS = 97;

function notificationsOf(bench: Bench): Notifications {
  if (bench.provider.notifications === undefined) throw new Error('No notifications.');
  return bench.provider.notifications;
}

async function message(bench: Bench, news: News, forgery?: Forgery): Promise<RawMessage> {
  const built = await bench.wire.notification?.(news, forgery);
  if (built === undefined) throw new Error(`The harness builds no ${forgery ?? 'genuine'} ${news.of} notification.`);
  return built;
}

async function refuses(subject: Subject, forgeries: readonly Forgery[]): Promise<void> {
  const bench = new Bench(subject);
  for (const forgery of forgeries) {
    await expectFailure(notificationsOf(bench).parse(await message(bench, PAID, forgery)), UntrustedMessage, forgery);
  }
}

function flipped(genuine: RawMessage, index: number): RawMessage {
  const body = Uint8Array.from(genuine.body);
  body[index] = (body[index] ?? 0) ^ 1;
  return { headers: genuine.headers, body };
}

/** What a message proves: nothing, or what it says. */
async function provenBy(notifications: Notifications, raw: RawMessage): Promise<Notification | 'nothing'> {
  return notifications.parse(raw).catch((error: unknown) => {
    expect(error).toBeInstanceOf(UntrustedMessage);
    return 'nothing' as const;
  });
}

export const notificationRules = [
  {
    id: 'notification.paid',
    promise: 'reads a genuine payment notification exactly, under the same id each time it is delivered',
    about: 'notifications',
    check: async (subject) => {
      const bench = new Bench(subject);
      const read = await notificationsOf(bench).parse(await message(bench, PAID));
      const { amount, paidAt, providerReference } = TRADE;
      expect(read).toMatchObject({
        subject: 'payment',
        id: expect.stringMatching(/\S/),
        reference: TRADE.reference,
        snapshot: { state: 'paid', amount, paidAt, providerReference, payee: bench.provider.payee },
      });
      expect((await notificationsOf(bench).parse(await message(bench, PAID))).id).toBe(read.id);
      expect(bench.calls, 'reading makes no call').toHaveLength(0);
    },
  },
  {
    id: 'notification.refunded',
    promise: 'reads a genuine refund notification exactly, never as a second payment',
    about: 'notifications',
    check: async (subject) => {
      const bench = new Bench(subject);
      const read = await notificationsOf(bench).parse(await message(bench, REFUNDED));
      expect(read).toMatchObject({
        subject: 'refund',
        reference: REFUND.paymentReference,
        refundReference: REFUND.reference,
        payee: bench.provider.payee,
        snapshot: { state: 'succeeded', amount: REFUND.amount },
      });
    },
  },
  {
    id: 'notification.forged',
    promise: 'refuses a notification that is changed, unsigned, or signed by somebody else',
    about: 'notifications',
    check: (subject) => refuses(subject, ['tampered', 'unsigned', 'wrong_key']),
  },
  {
    id: 'notification.stale',
    promise: 'refuses a notification that was signed ten minutes ago',
    about: 'notifications',
    check: (subject) => refuses(subject, ['stale']),
  },
  {
    id: 'notification.flipped_byte',
    promise: 'a single flipped byte anywhere proves nothing, or nothing else than before',
    about: 'notifications',
    check: async (subject) => {
      const bench = new Bench(subject);
      const genuine = await message(bench, PAID);
      const said = await notificationsOf(bench).parse(genuine);
      for (let step = 0; step < FLIPS; step += 1) {
        const index = Math.floor((step * genuine.body.length) / FLIPS);
        const proven = await provenBy(notificationsOf(bench), flipped(genuine, index));
        if (proven !== 'nothing') expect(proven, `byte ${index}`).toEqual(said);
      }
    },
  },
  {
    id: 'notification.rubbish',
    promise: 'calls rubbish untrusted, and never falls over it',
    about: 'notifications',
    check: async (subject) => {
      const bench = new Bench(subject);
      const genuine = await message(bench, PAID);
      const doubled = genuine.headers.flatMap((header) => [header, [header[0], `${header[1]}x`] as const]);
      const bodies = ['', 'null', '[]', '"text"', '{}', '{"sign":1}', '\u0000', '%', '['.repeat(20_000)].map((body) =>
        Buffer.from(body),
      );
      for (const body of [...bodies, Buffer.from([0xff, 0xfe, 0x80])]) {
        for (const headers of [[], genuine.headers, doubled]) {
          expect(await failureOf(notificationsOf(bench).parse({ headers, body }))).toBeInstanceOf(UntrustedMessage);
        }
      }
    },
  },
  {
    id: 'notification.other_account',
    promise: "never takes another account's genuine notification for its own",
    about: 'notifications',
    check: async (subject) => {
      const ours = new Bench(subject, 'first');
      const proven = await provenBy(notificationsOf(ours), await message(new Bench(subject, 'second'), PAID));
      if (proven === 'nothing') return;
      if (proven.subject !== 'payment' || proven.snapshot.state !== 'paid')
        throw new Error(`Read as ${proven.subject}.`);
      expect(proven.snapshot.payee).not.toBe(ours.provider.payee);
    },
  },
  {
    id: 'notification.acknowledged',
    promise: 'acknowledges what is committed as the document asks, and never what is untrusted or not stored',
    about: 'notifications',
    check: (subject) => {
      const notifications = notificationsOf(new Bench(subject));
      const { takesAsReceived, mismatchIsReceived } = subject.harness;
      expect(takesAsReceived(notifications.acknowledge('accepted'))).toBe(true);
      expect(takesAsReceived(notifications.acknowledge('untrusted'))).toBe(false);
      expect(takesAsReceived(notifications.acknowledge('failed'))).toBe(false);
      expect(takesAsReceived(notifications.acknowledge('mismatch'))).toBe(mismatchIsReceived);
    },
  },
] as const satisfies readonly Rule[];
