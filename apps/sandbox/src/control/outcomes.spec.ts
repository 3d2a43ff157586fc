import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant as AlipayMerchant } from '../alipay/test-merchant.js';
import type { Trade } from '../frame/trade.js';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant as WalletMerchant } from '../wallet/test-merchant.js';
import { TestMerchant as WechatMerchant } from '../wechat-pay/test-merchant.js';
import { wechatPayWire } from '../wechat-pay/wechat-pay.js';
import { control } from './test-control.js';

interface Wire {
  readonly sandbox: Sandbox;
  order(reference: string, fen: number, headers?: Record<string, string>): Promise<Response | { status: number }>;
}

const [HEADER, YUAN_7777] = ['sandbox-outcome', 777_700];

describe('the outcome that an order names by itself', () => {
  const wires = new Map<string, Wire>();
  let stop: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const sandbox = await createSandbox({ wires: [wechatPayWire] });
    await sandbox.listen();
    const wechat = await WechatMerchant.of(sandbox);
    const [alipay, wallet] = await Promise.all([AlipayMerchant.start(), WalletMerchant.start()]);
    stop = [() => sandbox.close(), () => alipay.stop(), () => wallet.stop()];
    wires.set('wechat_pay', {
      sandbox,
      order(reference, total, headers = {}) {
        const body = wechat.order(reference, { amount: { total, currency: 'CNY' } });
        return wechat.post('/v3/pay/transactions/native', body, { headers });
      },
    });
    wires.set('alipay', {
      sandbox: alipay.sandbox,
      order(reference, fen, headers = {}) {
        const biz = { out_trade_no: reference, total_amount: (fen / 100).toFixed(2), subject: 'Rice' };
        const body = new URLSearchParams(alipay.signed('alipay.trade.precreate', biz));
        return fetch(alipay.gateway, { method: 'POST', body, headers });
      },
    });
    wires.set('wallet', {
      sandbox: wallet.sandbox,
      order: (reference, amount, headers = {}) =>
        wallet.call('POST', '/orders', wallet.order(reference, { amount }), headers),
    });
  });
  afterAll(() => Promise.all(stop.map((one) => one())));

  const wireOf = (provider: string): Wire => {
    const wire = wires.get(provider);
    if (wire === undefined) throw new Error(`no ${provider}`);
    return wire;
  };
  const tradeOf = ({ sandbox }: Wire, reference: string): Trade => {
    const [trade] = sandbox.trades.list({ reference });
    if (trade === undefined) throw new Error(`no trade ${reference}`);
    return trade;
  };
  const outcomeOf = async (provider: string, reference: string, fen = 100, header?: string) => {
    const wire = wireOf(provider);
    await wire.order(reference, fen, header === undefined ? {} : { [HEADER]: header });
    const trade = tradeOf(wire, reference);
    return { wire, trade, result: await wire.sandbox.cashier.pay(trade) };
  };

  describe.each(['wechat_pay', 'alipay', 'wallet'])('at %s', (provider) => {
    it.each([
      ['decline_0001', 100, 'declined'],
      ['nofunds_0001', 100, 'insufficient_funds'],
      ['password_0001', 100, 'password_first'],
      ['cancel_0001', 100, 'cancelled'],
      ['amount_0001', YUAN_7777 + 1, 'declined'],
      ['amount_0002', YUAN_7777 + 2, 'insufficient_funds'],
      ['amount_0003', YUAN_7777 + 3, 'password_first'],
      ['amount_0004', YUAN_7777 + 4, 'cancelled'],
      ['cancel_0002', YUAN_7777 + 1, 'cancelled'],
    ])('%s of %i fen is %s and takes no money', async (reference, fen, expected) => {
      const { trade, result } = await outcomeOf(provider, reference, fen);
      expect([result, trade.state, trade.payer]).toEqual([expected, 'awaiting_payer', undefined]);
    });

    it.each([
      ['plain_0001', 101],
      ['declined_01', 100],
      ['my_decline_01', 100],
      ['DECLINE_01', 100],
      ['amount_0005', YUAN_7777 - 99],
      ['amount_0006', 1],
    ])('%s of %i fen is not in the table: it is paid', async (reference, fen) => {
      const { trade, result } = await outcomeOf(provider, reference, fen);
      expect([result, trade.state]).toEqual(['success', 'paid']);
    });

    it('obeys the header of the order call before number and amount', async () => {
      expect((await outcomeOf(provider, 'decline_0002', 100, 'success')).result).toBe('success');
      expect((await outcomeOf(provider, 'header_0001', 100, 'declined')).result).toBe('declined');
    });

    it('asks for a password once, then it is paid', async () => {
      const { wire, trade } = await outcomeOf(provider, 'password_0002');
      expect(await wire.sandbox.cashier.pay(trade)).toBe('success');
      expect(trade.state).toBe('paid');
    });

    it('leaves the last word to who decides by hand', async () => {
      const { wire, trade } = await outcomeOf(provider, 'decline_0003');
      const path = `/trades/${trade.id}/pay`;
      expect((await control(wire.sandbox.url, 'POST', path)).body.result).toBe('declined');
      expect((await control(wire.sandbox.url, 'POST', path, { result: 'success' })).body.data.state).toBe('paid');
    });

    it('refuses a header outside the table before anything happens', async () => {
      const wire = wireOf(provider);
      const { status } = await wire.order('header_0002', 100, { [HEADER]: 'Declined' });
      expect([status, wire.sandbox.trades.list({ reference: 'header_0002' })]).toEqual([400, []]);
      expect(wire.sandbox.requests.all()).toContainEqual(
        expect.objectContaining({ verdict: 'refused', reason: expect.stringContaining('Declined is not known here') }),
      );
    });
  });

  it('is listed by the control surface', async () => {
    const { body } = await control(wireOf('wallet').sandbox.url, 'GET', '/outcomes');
    expect(body.header).toBe('Sandbox-Outcome');
    expect(body.rules).toContainEqual({
      result: 'declined',
      header: 'declined',
      reference_prefix: 'decline_',
      amount: 777_701,
    });
  });
});
