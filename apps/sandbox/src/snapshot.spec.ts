import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestMerchant as AlipayMerchant } from './alipay/test-merchant.js';
import { control } from './control/test-control.js';
import { fromSnapshotJson, toSnapshotJson } from './frame/snapshot-json.js';
import { type TestReceiver, testReceiver } from './frame/test-receiver.js';
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
import { TestMerchant as WalletMerchant } from './wallet/test-merchant.js';
import { TestMerchant } from './wechat-pay/test-merchant.js';

const A_WEEK_MS = 7 * 86_400_000;

describe('a sandbox with a snapshot file', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hutong-sandbox-snapshot-'));
  let files = 0;
  let file: string;
  let receiver: TestReceiver;
  const running: Sandbox[] = [];

  beforeAll(async () => void (receiver = await testReceiver()));
  afterEach(async () => {
    for (const sandbox of running.splice(0)) await sandbox.close();
  });
  afterAll(async () => {
    await receiver.close();
    rmSync(dataDir, { recursive: true });
  });

  async function start(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; merchant: TestMerchant }> {
    const sandbox = await createSandbox({ dataDir, snapshot: file, ...options });
    running.push(sandbox);
    await sandbox.listen();
    return { sandbox, merchant: await TestMerchant.of(sandbox) };
  }
  async function restarted(sandbox: Sandbox): Promise<{ sandbox: Sandbox; merchant: TestMerchant }> {
    await sandbox.close();
    return start();
  }
  const another = (): string => (file = join(dataDir, `state-${(files += 1)}.json`));
  const tradeOf = (sandbox: Sandbox, reference: string) => {
    const [trade] = sandbox.trades.list({ reference });
    if (trade === undefined) throw new Error(`no ${reference}`);
    return trade;
  };
  async function pay(sandbox: Sandbox, reference: string): Promise<void> {
    await sandbox.cashier.pay(tradeOf(sandbox, reference));
    await sandbox.settled();
  }

  it('has its books, ids and clock after a restart', async () => {
    another();
    const { sandbox, merchant } = await start();
    await sandbox.clock.advance(3_600_000);
    await merchant.place('native', 'snap_paid');
    await pay(sandbox, 'snap_paid');
    await merchant.refund('snap_paid', 'snap_part', 299);
    await sandbox.clock.advance(1_000);
    await merchant.place('native', 'snap_open');
    const before = (await control(sandbox.url, 'GET', '/books')).body;
    const { sandbox: later, merchant: again } = await restarted(sandbox);
    expect((await control(later.url, 'GET', '/books')).body).toEqual(before);
    expect(before.totals).toMatchObject([{ trades: 2, paid: 1_299, refunded: 299 }]);
    expect(later.clock.offsetMs).toBe(3_601_000);
    const id = before.trades[1].id;
    expect((await control(later.url, 'POST', `/trades/${id}/pay`, {})).body).toMatchObject({ result: 'success' });
    expect((await again.query('snap_paid')).json).toMatchObject({ trade_state: 'REFUND' });
    expect((await again.refund('snap_paid', 'snap_part', 299)).json).toMatchObject({ status: 'SUCCESS' });
  });

  it('opens codes that were handed out before, and takes the codes of payers', async () => {
    another();
    const { sandbox, merchant } = await start();
    const { code_url: content } = (await merchant.place('native', 'snap_code')).json;
    const wish = { provider: 'wechat_pay', payer: 'payer-9' };
    const { code } = (await control(sandbox.url, 'POST', '/payer-codes', wish)).body;
    const { sandbox: later, merchant: again } = await restarted(sandbox);
    const opened = await control(later.url, 'POST', '/open', { next_action: { type: 'show_qr_code', content } });
    expect(opened.body.data).toMatchObject({ reference: 'snap_code', state: 'awaiting_payer' });
    expect((await again.scan('snap_till', code)).json).toMatchObject({ trade_state: 'SUCCESS' });
    expect((await again.scan('snap_till_2', code)).status).toBe(400);
  });

  it('closes what nobody pays, and settles refunds that were under way', async () => {
    another();
    const { sandbox, merchant } = await start();
    await merchant.place('native', 'snap_forgotten');
    await merchant.place('native', 'snap_back');
    await pay(sandbox, 'snap_back');
    await merchant.refund('snap_back', 'snap_back_1', 1_299);
    const { sandbox: later } = await restarted(sandbox);
    await later.clock.advance(1_000);
    expect(tradeOf(later, 'snap_back').state).toBe('refunded');
    await later.clock.advance(A_WEEK_MS);
    expect(tradeOf(later, 'snap_forgotten').state).toBe('closed');
  });

  it('closes what nobody pays at the other wallets as well', async () => {
    another();
    const kept = { dataDir, snapshot: file };
    const app = await AlipayMerchant.start({}, kept);
    const biz = { out_trade_no: 'snap_ali', total_amount: '1.00', subject: 'Tea', timeout_express: '30m' };
    await app.call('alipay.trade.create', { ...biz, buyer_id: '2088000000000007' });
    await app.stop();
    const later = await AlipayMerchant.start({}, kept);
    expect(tradeOf(later.sandbox, 'snap_ali').state).toBe('awaiting_payer');
    await later.sandbox.clock.advance(1_800_000);
    expect(tradeOf(later.sandbox, 'snap_ali').state).toBe('closed');
    await later.stop();

    another();
    const shop = await WalletMerchant.start({ dataDir, snapshot: file });
    const ends = new Date(shop.sandbox.clock.now().getTime() + 60_000).toISOString();
    await shop.call('POST', '/orders', shop.order('snap_wallet', { expires_at: ends }));
    await shop.stop();
    const again = await WalletMerchant.start({ dataDir, snapshot: file });
    expect(tradeOf(again.sandbox, 'snap_wallet').state).toBe('awaiting_payer');
    await again.sandbox.clock.advance(60_000);
    expect(tradeOf(again.sandbox, 'snap_wallet').state).toBe('closed');
    await again.stop();
  });

  it('still pays combined orders together, and asks for their password once', async () => {
    another();
    const { sandbox, merchant } = await start();
    const { appid, mchid } = merchant.account;
    const sub_orders = ['a', 'b'].map((part) => ({
      mchid,
      attach: 'x',
      amount: { total_amount: 100, currency: 'CNY' },
      out_trade_no: `snap_sub_${part}`,
      description: '茶',
    }));
    const { code_url: content } = (
      await merchant.post('/v3/combine-transactions/native', {
        combine_appid: appid,
        combine_mchid: mchid,
        combine_out_trade_no: 'password_snap',
        notify_url: receiver.url,
        sub_orders,
      })
    ).json;
    expect(await sandbox.cashier.pay(tradeOf(sandbox, 'snap_sub_a'))).toBe('password_first');
    const before = (await merchant.get('/v3/combine-transactions/out-trade-no/password_snap')).json;
    const { sandbox: later, merchant: again } = await restarted(sandbox);
    const query = async () => (await again.get('/v3/combine-transactions/out-trade-no/password_snap')).json;
    expect(await query()).toEqual(before);
    const opened = await control(later.url, 'POST', '/open', { next_action: { type: 'show_qr_code', content } });
    expect(opened.body.data).toMatchObject({ batch_reference: 'password_snap' });
    expect(await later.cashier.pay(tradeOf(later, 'snap_sub_b'))).toBe('success');
    expect((await query()).sub_orders).toMatchObject([{ trade_state: 'SUCCESS' }, { trade_state: 'SUCCESS' }]);
  });

  it('has its accounts on the way to the public key, and abnormal refunds on theirs', async () => {
    another();
    const { sandbox } = await start();
    await control(sandbox.url, 'POST', '/accounts', { provider: 'wechat_pay', name: 'mover', strict: true });
    const mover = await TestMerchant.of(sandbox, 'mover');
    await mover.place('native', 'snap_move', { notify_url: 'https://shop.example.com/notify' });
    await pay(sandbox, 'snap_move');
    await mover.refund('snap_move', 'abnormal_snap', 299);
    expect((await control(sandbox.url, 'POST', '/accounts/wechat_pay/mover/switch')).body.verify_mode).toBe(
      'switching',
    );
    // As after kill -9: only what the switch has written is there.
    const { sandbox: later } = await start();
    const status = async () =>
      (await (await TestMerchant.of(later, 'mover')).get('/v3/refund/domestic/refunds/abnormal_snap')).json.status;
    expect(await status()).toBe('PROCESSING');
    await later.clock.advance(86_400_000);
    expect(await status()).toBe('ABNORMAL');
  });

  it('goes on notifying, with the same id and the next attempt', async () => {
    another();
    const { sandbox, merchant } = await start();
    receiver.answerWith(500);
    await merchant.place('native', 'snap_notice', { notify_url: receiver.url });
    await pay(sandbox, 'snap_notice');
    const first = receiver.received.at(-1)?.body ?? '{}';
    const { sandbox: later, merchant: again } = await restarted(sandbox);
    await later.clock.advance(15_000);
    const [second] = later.notifier.deliveries();
    expect(second).toMatchObject({ reference: 'snap_notice', attempt: 2, verdict: 'accepted' });
    expect(JSON.parse(second?.body ?? '{}').id).toBe(JSON.parse(first).id);
    expect(again.trusts(new Headers(second?.headers), second?.body ?? '')).toBe(true);
    await later.clock.advance(A_WEEK_MS);
    expect(later.notifier.deliveries()).toHaveLength(1);
  });

  it('writes for its owner only, on demand and at the end, and leaves nothing beside', async () => {
    another();
    const { sandbox, merchant } = await start();
    await merchant.place('native', 'snap_demand');
    const written = await control(sandbox.url, 'POST', '/snapshot');
    expect(written.body).toEqual({ file, bytes: statSync(file).size, trades: 1 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { size } = statSync(file);
    await merchant.place('native', 'snap_demand_2');
    await sandbox.close();
    expect(statSync(file).size).toBeGreaterThan(size);
    expect(readdirSync(dataDir).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('is not overwritten by a sandbox that never listened', async () => {
    another();
    const { sandbox, merchant } = await start();
    const idle = await createSandbox({ dataDir, snapshot: file });
    await merchant.place('native', 'snap_kept');
    await sandbox.close();
    const kept = readFileSync(file, 'utf8');
    await idle.close();
    expect(readFileSync(file, 'utf8')).toBe(kept);
  });

  it('says where to name one when there is none', async () => {
    const sandbox = await createSandbox({ wires: [] });
    running.push(sandbox);
    await sandbox.listen();
    const answer = await control(sandbox.url, 'POST', '/snapshot');
    expect([answer.status, answer.body.detail]).toEqual([409, 'There is no file for it: start with --snapshot FILE.']);
  });

  describe('refuses in one sentence, and leaves the file alone,', () => {
    beforeAll(async () => {
      another();
      const { sandbox, merchant } = await start();
      await merchant.place('native', 'snap_first');
      await sandbox.close();
    });

    it.each([
      ['an empty file', () => '', /no snapshot of a sandbox, or damaged/],
      ['another file', () => '{"hello":1}\n', /no snapshot of a sandbox, or damaged/],
      ['half of one', (text: string) => text.slice(0, text.length / 2), /damaged/],
      ['a changed amount', (text: string) => text.replace('"amount":1299', '"amount":9999'), /damaged/],
      [
        'a newer one',
        (text: string) => text.replace('"version":1', '"version":2'),
        /version 2, and this sandbox reads 1/,
      ],
    ])('%s', async (_, change, why) => {
      const spoiled = join(dataDir, 'spoiled.json');
      const content = change(readFileSync(file, 'utf8'));
      writeFileSync(spoiled, content);
      await expect(createSandbox({ dataDir, snapshot: spoiled })).rejects.toThrow(why);
      expect(readFileSync(spoiled, 'utf8')).toBe(content);
    });

    it('one that belongs to other accounts', async () => {
      await expect(createSandbox({ snapshot: file })).rejects.toThrow(
        /another wechat_pay account certificate.*DATA_DIR/,
      );
    });
  });
});

describe("a snapshot's JSON", () => {
  it('gives back what was written, moments included', () => {
    const held = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"$ms"'));
    const anything = fc.record({ held, at: fc.date({ noInvalidDate: true }), never: fc.constant(null) });
    fc.assert(
      fc.property(anything, (value) => {
        const plain = JSON.parse(JSON.stringify(value.held)) as unknown;
        expect(fromSnapshotJson(toSnapshotJson(value))).toEqual({ ...value, held: plain });
      }),
    );
  });
});
