import { ProviderDirectory } from '@hutong/payment-core';
import { methods, providers, providerTools } from '@hutong/gateway';
import type { BillKind, BillLine } from '@hutong/payment-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

/** Daily statements as our providers read them, beside the sandbox's own books: two independent readings of one day. */
let world: World;
const A_DAY_MS = 86_400_000;
/** A day in Beijing, tomorrow by the sandbox's clock at its start. */
const day = new Date(Date.now() + 8 * 3_600_000 + A_DAY_MS).toISOString().slice(0, 10);
const beijing = (time: string, daysLater = 0) =>
  new Date(Date.parse(`${day}T${time}:00+08:00`) + daysLater * A_DAY_MS).toISOString();

beforeAll(async () => {
  world = await startWorld(['eleme']);
  await world.payer.setClock(beijing('12:00'));
  await world.followed('eleme');
  for (const method of ['wechat_pay', 'alipay', 'wechat_pay', 'alipay']) await payAndRefund(method);
  await world.payer.setClock(beijing('10:30', 1));
}, 60_000);
afterAll(() => world.close());

async function payAndRefund(method: string): Promise<void> {
  const merchant = world.merchant('eleme');
  const payment = await merchant.createPayment({ amount: 1_299 });
  const payer = { id: 'u1', ip: '203.0.113.7' };
  const { body } = await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene: 'app', payer });
  await world.payer.pay(body.next_action);
  await world.until(
    async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body.status,
    (status) => status === 'paid',
    5_000,
  );
  await merchant.post(`/v1/payments/${payment.id}/refunds`, { refund_no: `${payment.id}-1`, amount: 300 });
  await world.until(
    async () => (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body.amount_refunded,
    (refunded) => refunded === 300,
    5_000,
  );
}

async function statement(provider: string, kind: BillKind, date = day) {
  const accounts = await world.stores.config.listAccounts('eleme');
  const account = accounts.find((it) => it.provider === provider)!;
  const bill = await new ProviderDirectory({ providers, methods }, providerTools)
    .connect(account)
    .bills!.download({ date, kind });
  if (bill.status !== 'ready') return bill;
  const lines: BillLine[] = [];
  for await (const line of bill.lines) lines.push(line);
  return { status: bill.status, lines };
}

async function books(provider: string) {
  const { body } = await world.payer.control('GET', '/books');
  return {
    // oxlint-disable-next-line typescript/no-explicit-any -- the sandbox's ledger as it is
    trades: body.trades.filter((it: any) => it.provider === provider),
    // oxlint-disable-next-line typescript/no-explicit-any -- as above
    total: body.totals.find((it: any) => it.provider === provider),
  };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

describe.each(['wechat_pay', 'alipay'])('the statements of %s', (provider) => {
  it('list every trade and refund of the day, to the fen', async () => {
    const { lines } = (await statement(provider, 'trades')) as { lines: BillLine[] };
    const { trades, total } = await books(provider);
    const payments = lines.filter((line) => line.type === 'payment');
    const refunds = lines.filter((line) => line.type === 'refund');
    expect(payments.map((line) => [line.reference, line.providerReference, line.amount.amount]).toSorted()).toEqual(
      trades
        .map((trade: { reference: string; provider_reference: string; amount: number }) => [
          trade.reference,
          trade.provider_reference,
          trade.amount,
        ])
        .toSorted(),
    );
    expect(sum(payments.map((line) => line.amount.amount))).toBe(total.paid);
    expect(sum(refunds.map((line) => line.amount.amount))).toBe(total.refunded);
    expect(refunds.map((line) => [line.reference, line.refundReference]).toSorted()).toEqual(
      trades
        .flatMap((trade: { reference: string; refunds: { reference: string }[] }) =>
          trade.refunds.map((refund) => [trade.reference, refund.reference]),
        )
        .toSorted(),
    );
    const fees =
      sum(payments.map((line) => line.fee?.amount ?? 0)) - sum(refunds.map((line) => line.feeReturned?.amount ?? 0));
    expect(fees).toBe(total.fee);
  });

  it('show every movement of money, to the same sum', async () => {
    const { lines } = (await statement(provider, 'funds')) as { lines: BillLine[] };
    const movements = lines.filter((line) => line.type === 'movement');
    const { total } = await books(provider);
    const net = sum(movements.map((line) => (line.direction === 'in' ? line.amount.amount : -line.amount.amount)));
    expect(net).toBe(total.net);
    expect(new Set(movements.map((line) => line.providerReference)).size).toBe(movements.length);
  });

  it('are not there yet for a day that has just ended, and empty for one on which nothing happened', async () => {
    const yesterday = new Date(Date.parse(day) - A_DAY_MS).toISOString().slice(0, 10);
    expect(await statement(provider, 'trades', yesterday)).toEqual({ status: 'empty' });
    await world.payer.setClock(beijing('01:00', 1));
    expect(await statement(provider, 'trades')).toEqual({ status: 'not_ready' });
    await world.payer.setClock(beijing('10:30', 1));
  });
});
