import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostileBody, hostileContent, hostileHeaders, hostileTarget } from '../frame/test-hostility.js';
import { overTheLine } from '../frame/test-socket.js';
import { certSn } from './cert-sn.js';
import { unpackBills } from './test-bills.js';
import { TestMerchant } from './test-merchant.js';
import { restCallBy, type RestCallWish, type RestReply, restSigned } from './test-rest.js';

const TRADE = '/v3/alipay/trade';

describe.each(['key', 'certificate'] as const)('curl() of the npm SDK, unmodified, in %s mode', (sign_mode) => {
  let merchant: TestMerchant;
  beforeAll(async () => void (merchant = await TestMerchant.start({ sign_mode })));
  afterAll(() => merchant.stop());

  const post = (path: string, body: Record<string, unknown>, more: object = {}) =>
    merchant.sdk.curl<Record<string, unknown>>('POST', `${TRADE}/${path}`, { body, ...more });
  const pay = async (number: string): Promise<void> => {
    const [trade] = merchant.sandbox.trades.list({ reference: number });
    if (trade !== undefined) await merchant.sandbox.cashier.pay(trade);
    await merchant.sandbox.settled();
  };

  it('orders, is notified at the notify_url of its body, asks, refunds in part', async () => {
    const order = { out_trade_no: 'v3_1', total_amount: '12.30', subject: '春笋 a/b', buyer_id: '2088000000000007' };
    const made = await post('create', { ...order, notify_url: merchant.notifyUrl });
    expect(made).toMatchObject({
      responseHttpStatus: 200,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      data: { out_trade_no: 'v3_1', trade_no: expect.stringMatching(/^\d{28}$/) },
    });
    expect(made.data).not.toHaveProperty('code');
    await pay('v3_1');
    expect(merchant.notified.at(-1)).toMatchObject({ out_trade_no: 'v3_1', trade_status: 'TRADE_SUCCESS' });
    expect(merchant.sdk.checkNotifySignV2(merchant.notified.at(-1))).toBe(true);
    expect((await post('query', { out_trade_no: 'v3_1' })).data).toMatchObject({
      trade_status: 'TRADE_SUCCESS',
      total_amount: '12.30',
      subject: '春笋 a/b',
    });
    const refund = { out_trade_no: 'v3_1', refund_amount: '2.30', out_request_no: 'r1' };
    expect((await post('refund', refund)).data).toMatchObject({ fund_change: 'Y', refund_fee: '2.30' });
    expect((await post('refund', refund)).data).toMatchObject({ fund_change: 'N', refund_fee: '2.30' });
    const asked = await post('fastpay/refund/query', { out_trade_no: 'v3_1', out_request_no: 'r1' });
    expect(asked.data).toMatchObject({ refund_status: 'REFUND_SUCCESS', refund_amount: '2.30' });
  });

  it('sees one set of trades, whichever protocol asks', async () => {
    const { data } = await post('precreate', { out_trade_no: 'v3_2', total_amount: '1.00', subject: 'Tea' });
    expect(data).toMatchObject({ qr_code: expect.stringMatching(/^https:\/\/qr\.alipay\.com\//) });
    await merchant.control('open', { next_action: { type: 'show_qr_code', content: data['qr_code'] } });
    const classic = await merchant.call('alipay.trade.query', { out_trade_no: 'v3_2' });
    expect(classic).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' });
    await post('close', { out_trade_no: 'v3_2' });
    expect(await merchant.call('alipay.trade.query', { out_trade_no: 'v3_2' })).toMatchObject({
      tradeStatus: 'TRADE_CLOSED',
    });
  });

  it('reads a refusal with its code and status', async () => {
    await expect(post('query', { out_trade_no: 'none' })).rejects.toMatchObject({
      code: 'ACQ.TRADE_NOT_EXIST',
      responseHttpStatus: 400,
      links: [{ link: expect.stringContaining('errCheck?traceId='), desc: '解决方案' }],
    });
  });

  it('states other sums on request, correctly signed, in AES answers as well', async () => {
    await post('create', { out_trade_no: 'v3_sum', total_amount: '3.00', subject: 'a', buyer_id: '2088000000000007' });
    const match = { provider: 'alipay', operation: 'query' } as const;
    merchant.sandbox.faults.set([{ match, phase: 'after', action: 'wrong_amount', times: 2 }]);
    for (const needEncrypt of [false, true])
      expect((await post('query', { out_trade_no: 'v3_sum' }, { needEncrypt })).data).toMatchObject({
        total_amount: '3.01',
      });
    expect((await post('query', { out_trade_no: 'v3_sum' })).data).toMatchObject({ total_amount: '3.00' });
  });

  it('speaks AES both ways', async () => {
    const order = { out_trade_no: 'v3_3', total_amount: '5.00', subject: '米', buyer_id: '2088000000000007' };
    const made = await post('create', order, { needEncrypt: true });
    expect(made.data).toMatchObject({ out_trade_no: 'v3_3' });
    await expect(post('create', { ...order, total_amount: '6.00' }, { needEncrypt: true })).rejects.toMatchObject({
      code: 'ACQ.CONTEXT_INCONSISTENT',
    });
  });

  it('sends a token of a merchant along', async () => {
    const options = { body: { out_trade_no: 'none' }, appAuthToken: '202611BB' };
    await expect(merchant.sdk.curl('POST', `${TRADE}/query`, options)).rejects.toMatchObject({
      code: 'ACQ.TRADE_NOT_EXIST',
    });
  });

  it('asks for a statement with GET and downloads it', async () => {
    await merchant.sandbox.clock.advance(3 * 86_400_000);
    const yesterday = new Date(merchant.sandbox.clock.now().getTime() - 2 * 86_400_000).toISOString().slice(0, 10);
    const query = { bill_type: 'trade', bill_date: yesterday };
    const path = '/v3/alipay/data/dataservice/bill/downloadurl/query';
    const { data } = await merchant.sdk.curl<{ bill_download_url: string }>('GET', path, { query });
    const files = await unpackBills(await (await fetch(data.bill_download_url)).arrayBuffer());
    expect(files.map(({ name }) => name)).toHaveLength(2);
  });

  it.each(['bad_signature', 'wrong_key'])('refuses an answer with %s', async (action) => {
    await merchant.control('faults', { rules: [{ match: { operation: 'query' }, action, times: 1 }] }, 'PUT');
    await expect(post('query', { out_trade_no: 'v3_1' })).rejects.toMatchObject({
      code: 'response-signature-verify-error',
    });
  });

  it('refuses an answer for another certificate where there are any', async () => {
    const rules = [{ match: { operation: 'query' }, action: 'wrong_serial', times: 1 }];
    await merchant.control('faults', { rules }, 'PUT');
    const outcome = await post('query', { out_trade_no: 'v3_1' }).then(
      () => 'taken',
      ({ code }: { code: string }) => code,
    );
    expect(outcome).toBe({ key: 'taken', certificate: 'response-alipay-sn-verify-error' }[sign_mode]);
  });
});

describe('/v3/alipay', () => {
  let merchant: TestMerchant;
  beforeAll(async () => void (merchant = await TestMerchant.start()));
  afterAll(() => merchant.stop());
  beforeEach(async () => void (await merchant.control('faults', { rules: [] }, 'PUT')));

  const call = (path: string, wish: RestCallWish = {}): Promise<RestReply> =>
    restCallBy(merchant.account, `${merchant.sandbox.url}${path}`, wish);
  const query = (wish: RestCallWish = {}): Promise<RestReply> =>
    call(`${TRADE}/query`, { body: { out_trade_no: 'none' }, ...wish });

  it('signs a business refusal, its fields beside code and message', async () => {
    const reply = await query();
    expect(reply).toMatchObject({
      status: 400,
      json: { code: 'ACQ.TRADE_NOT_EXIST', message: '交易不存在', out_trade_no: 'none', receipt_amount: '0.00' },
    });
    expect(reply.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(restSigned(merchant.account, reply)).toBe(true);
    expect(reply.headers.get('alipay-nonce')).toMatch(/^[0-9a-f]{32}$/);
    expect(reply.headers.get('alipay-sn')).toBeNull();
  });

  const tenMinutes = 600_000;
  it.each([
    ['no Authorization', { spoil: () => '' }, 400, 'missing-timestamp'],
    ['no timestamp', { auth: { timestamp: undefined } }, 400, 'missing-timestamp'],
    ['no app', { auth: { app_id: undefined } }, 400, 'missing-app-id'],
    ['an unknown app', { auth: { app_id: '2021000000000000' } }, 400, 'invalid-app-id'],
    ['a late timestamp', { auth: { timestamp: String(Date.now() - tenMinutes - 5_000) } }, 400, 'invalid-timestamp'],
    ['an early timestamp', { auth: { timestamp: String(Date.now() + 2 * tenMinutes) } }, 400, 'invalid-timestamp'],
    ['seconds', { auth: { timestamp: String(Math.floor(Date.now() / 1000)) } }, 400, 'invalid-timestamp'],
    [
      'another scheme',
      { spoil: (sent: string) => sent.replace('SHA256withRSA', 'SM3withSM2') },
      400,
      'invalid-signature-type',
    ],
    ['no signature', { spoil: (sent: string) => sent.replace(/,sign=.*$/, '') }, 400, 'missing-signature'],
    ['a changed nonce', { spoil: (sent: string) => sent.replace('a-nonce', 'b-nonce') }, 400, 'invalid-signature'],
    ['a certificate in key mode', { auth: { app_cert_sn: 'a' } }, 400, 'app-cert-not-exist'],
    ['broken JSON', { body: '{' }, 400, 'illegal-json'],
    [
      'a form',
      { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      400,
      'invalid-content-type',
    ],
    ['another verb', { method: 'PUT' }, 400, 'invalid-http-method'],
    ['another cipher', { headers: { 'alipay-encrypt-type': 'SM4' } }, 400, 'invalid-encrypt-type'],
  ] as const)('refuses %s without a signature', async (_, wish, status, code) => {
    const reply = await query(wish);
    expect(reply).toMatchObject({ status, json: { code, message: expect.any(String) } });
    expect(reply.headers.get('alipay-signature')).toBeNull();
    expect(reply.headers.get('alipay-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('knows no such path, and no page methods among them', async () => {
    for (const path of [
      '/v3/alipay/trade/nothing',
      '/v3/alipay/trade/page/pay',
      '/v3/alipay/',
      '/v3/alipay/trade/query/',
    ]) {
      expect(await call(path)).toMatchObject({ status: 404, json: { code: 'invalid-method' } });
    }
  });

  it('shows its own string to sign, and logs it with the verdict', async () => {
    const { json } = await query({ spoil: (sent) => sent.replace('a-nonce', 'b-nonce') });
    const signed = expect.stringContaining(`,nonce=b-nonce,`);
    expect(json['message']).toEqual(signed);
    expect(json['message']).toContain(`\nPOST\n${TRADE}/query\n{"out_trade_no":"none"}\n`);
    expect(merchant.sandbox.requests.all().at(-1)).toMatchObject({
      verdict: 'refused',
      account: 'shop',
      operation: 'query',
      references: ['none'],
      signed_string: signed,
    });
  });

  it('signs the target as it was sent, query and all', async () => {
    expect(await call(`${TRADE}/query?a=%7e&b=+`, { body: { out_trade_no: 'none' } })).toMatchObject({
      json: { code: 'ACQ.TRADE_NOT_EXIST' },
    });
  });

  it('reads the JSON of an upload from its part named data, which alone is signed', async () => {
    const data = '{"out_trade_no":"none"}';
    const form = `--x\r\ncontent-disposition: form-data; name="data"\r\ncontent-type: application/json\r\n\r\n${data}\r\n--x--\r\n`;
    const url = `${merchant.sandbox.url}${TRADE}/query`;
    let authorization = '';
    await restCallBy(merchant.account, url, { body: data, spoil: (sent) => (authorization = sent) });
    const headers = { authorization, 'content-type': 'multipart/form-data; boundary=x' };
    const answer = await fetch(url, { method: 'POST', headers, body: form });
    expect(await answer.json()).toMatchObject({ code: 'ACQ.TRADE_NOT_EXIST' });
  });

  it('answers a payment that waits for the password with 202', async () => {
    const shown = await merchant.control('payer-codes', { provider: 'alipay', payer: 'ann', password_first: true });
    const { code } = (await shown.json()) as { code: string };
    const order = { out_trade_no: 'v3_bar', total_amount: '9.00', subject: 'Tea', scene: 'bar_code', auth_code: code };
    const reply = await call(`${TRADE}/pay`, { body: order });
    expect(reply).toMatchObject({ status: 202, json: { out_trade_no: 'v3_bar' } });
    expect(reply.json).not.toHaveProperty('gmt_payment');
    expect(restSigned(merchant.account, reply)).toBe(true);
  });

  it.each([
    [{ code: 'ACQ.SYSTEM_ERROR' }, 400, { code: 'ACQ.SYSTEM_ERROR', message: '系统异常' }, true],
    [{ code: 'ACQ.NEVER_HEARD_OF' }, 400, { code: 'ACQ.NEVER_HEARD_OF' }, true],
    [{ code: 'unknow-error' }, 500, { code: 'unknow-error' }, false],
    [{ code: 'app-call-limited' }, 429, { code: 'app-call-limited' }, false],
    [{ code: 'isv.app-call-limited', status: 503 }, 503, { code: 'app-call-limited' }, false],
  ])('can be told to fail: %j', async (fault, status, json, signed) => {
    const rules = [{ match: { operation: 'query', reference: 'none' }, action: 'error', ...fault }];
    await merchant.control('faults', { rules }, 'PUT');
    const reply = await query();
    expect(reply).toMatchObject({ status, json });
    expect(restSigned(merchant.account, reply)).toBe(signed);
  });

  it('can be told to sign with the time of an hour ago', async () => {
    const rules = [{ match: { operation: 'query' }, action: 'stale_timestamp' }];
    await merchant.control('faults', { rules }, 'PUT');
    const reply = await query();
    expect(restSigned(merchant.account, reply)).toBe(true);
    expect(Number(reply.headers.get('alipay-timestamp'))).toBeLessThan(Date.now() - 3_000_000);
  });

  it('names the certificate to who named theirs', async () => {
    const other = await TestMerchant.start({ sign_mode: 'certificate' });
    const reply = await restCallBy(other.account, `${other.sandbox.url}${TRADE}/query`, {
      body: { out_trade_no: 'none' },
    });
    await other.stop();
    expect(reply.headers.get('alipay-sn')).toBe(certSn(other.account.alipay_cert ?? ''));
  });

  describe('sent hostile bytes', () => {
    const below500 = (status: number): boolean => status >= 200 && status < 500;

    it('answers below 500 whoever sends them', async () => {
      const line = fc.record({
        method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
        target: fc
          .tuple(fc.constantFrom(`${TRADE}/query`, '/v3/alipay/', '/v3/alipay/data/dataservice/bill/'), hostileTarget)
          .map((parts) => parts.join('')),
        headers: hostileHeaders,
        body: hostileBody,
      });
      await fc.assert(
        fc.asyncProperty(line, async (request) => {
          const { status, body } = await overTheLine(merchant.sandbox.url, request);
          expect(status, body).toSatisfy(below500);
        }),
        { numRuns: 150 },
      );
    });

    it('answers below 500 when Authorization is what is hostile', async () => {
      const pairs = fc.array(fc.tuple(fc.constantFrom('app_id', 'timestamp', 'nonce', 'sign', ''), fc.string()), {
        maxLength: 6,
      });
      const value = pairs.map((all) =>
        all.map(([name, text]) => `${name}=${text.replace(/[^\x20-\x7e]/g, '')}`).join(','),
      );
      await fc.assert(
        fc.asyncProperty(value, async (text) => {
          const headers = [
            ['Authorization', `ALIPAY-SHA256withRSA app_id=${merchant.account.app_id},${text}`],
          ] as const;
          const answer = await overTheLine(merchant.sandbox.url, { method: 'POST', target: `${TRADE}/query`, headers });
          expect(answer.status, answer.body).toSatisfy(below500);
        }),
        { numRuns: 100 },
      );
    });

    it.each(['create', 'pay', 'refund', 'fastpay/refund/query', 'cancel'])(
      'in a signed body answers %s below 500',
      async (path) => {
        const good = {
          out_trade_no: 'order-1',
          subject: '春笋',
          total_amount: '1.00',
          refund_amount: '1.00',
          notify_url: 'http://a',
        };
        await fc.assert(
          fc.asyncProperty(hostileContent(good), async (body) => {
            const { status, text, json } = await call(`${TRADE}/${path}`, { body });
            expect(status, text).toSatisfy(below500);
            expect(json['code']).not.toBe('invalid-signature');
          }),
          { numRuns: 60 },
        );
      },
    );
  });
});
