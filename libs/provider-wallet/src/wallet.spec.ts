import { money, type PrepareRequest, type RawMessage } from '@hutong/payment-port';
import type { Truth, WireCall } from '@hutong/provider-contract';
import { describe, expect, it } from 'vitest';
import { wallet } from './index.js';
import { walletHarness } from './wallet.contract.harness.js';

const NOW = new Date('2026-11-23T04:00:00Z');
const clock = { now: () => NOW };
const wire = walletHarness.wire('first', clock);
const trade = { reference: 'attempt_01', amount: money(1_999), paidAt: NOW, providerReference: 'wo_1' };

const request: PrepareRequest = {
  reference: trade.reference,
  amount: trade.amount,
  description: '番茄',
  requestedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 900_000),
  notifyUrl: 'https://pay.example.com/n',
};

function connected(truth: Truth) {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { method, url, headers } = new Request(input, init);
    const call: WireCall = { operation: 'prepare', method, url, headers, body: String(init?.body ?? '') };
    const { status, headers: signed, body } = await wire.answer(call, truth);
    return new Response(body, { status, headers: { ...signed } });
  };
  const definition = wallet({ method: 'duoduo_wallet', title: { 'zh-CN': '多多钱包', en: 'Duoduo Wallet' } });
  const tools = { fetch, clock, nonce: () => 'n'.repeat(32) };
  return definition.connect(walletHarness.settings('first'), tools);
}

function prepare(truth: Truth): Promise<unknown> {
  const page = connected(truth).payments.prepare.mobile_page;
  return page === undefined ? Promise.reject(new Error('no page')) : page(request);
}

describe('an order that is prepared again', () => {
  it('sends no payer to an order that is paid or closed by now', async () => {
    await expect(prepare({ is: 'paid', trade })).rejects.toMatchObject({ name: 'Rejected', reason: 'order_paid' });
    await expect(prepare({ is: 'refunded', trade })).rejects.toMatchObject({ name: 'Rejected', reason: 'order_paid' });
    await expect(prepare({ is: 'closed', trade })).rejects.toMatchObject({ name: 'Rejected', reason: 'order_closed' });
  });

  it('is unknown in a state that the document does not list', async () => {
    await expect(prepare({ is: 'unlisted', trade })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
  });
});

describe('a notification of the wallet', () => {
  const { notifications } = connected({ is: 'unknown' });

  async function withSignature(change: (headers: RawMessage['headers'], name: string) => RawMessage['headers']) {
    const genuine = await wire.notification?.({ of: 'payment', trade });
    if (genuine === undefined) throw new Error('The wallet notifies.');
    return { ...genuine, headers: change(genuine.headers, 'Wallet-Signature') };
  }

  it.each(['', 'v1=', 'v1=00', `v1=${'0'.repeat(64)}`, 'v1='.padEnd(5_000, 'f'), '鲜'.repeat(67)])(
    'is untrusted with the signature %j, of whatever length',
    async (given) => {
      const message = await withSignature((all, name) =>
        all.map(([key, value]) => [key, key === name ? given : value]),
      );
      await expect(notifications?.parse(message)).rejects.toMatchObject({ name: 'UntrustedMessage' });
    },
  );

  it('is untrusted with two signatures, even when both are right', async () => {
    const message = await withSignature((all, name) => [...all, ...all.filter(([key]) => key === name)]);
    await expect(notifications?.parse(message)).rejects.toMatchObject({ name: 'UntrustedMessage' });
  });
});
