import { AlipaySdk } from 'alipay-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(['eleme', 'taote', 'pinduoduo']);
});
afterAll(() => world.close());

interface Delivered {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const CASES = [
  ['eleme', 'wechat_pay', 'app'],
  ['eleme', 'alipay', 'app'],
  ['pinduoduo', 'duoduo_wallet', 'app'],
] as const;

/** A payment paid in the sandbox while every notification is lost: what was sent is kept, nothing arrived. */
async function paidInSilence(app: string, method: string, scene: string) {
  const merchant = world.merchant(app);
  const payment = await merchant.createPayment();
  const attempt = (await merchant.post(`/v1/payments/${payment.id}/attempts`, { method, scene })).body;
  await world.payer.faults([
    { match: { operation: 'notification', reference: attempt.reference }, phase: 'before', action: 'drop', times: 100 },
  ]);
  await world.payer.pay(attempt.next_action);
  await world.sandbox.settled();
  const { body } = await world.payer.control('GET', '/notifications');
  const sent = body.data.find((it: { reference: string }) => it.reference === attempt.reference);
  return { merchant, payment, attempt, sent: sent as Delivered };
}

const deliver = (url: string, headers: Record<string, string>, body: string) =>
  fetch(url, { method: 'POST', headers, body });

describe.each(CASES)('a notification to %s about %s', (app, method, scene) => {
  it('that is genuine pays the payment once, however often it comes, one after the other or at once', async () => {
    const { merchant, payment, sent } = await paidInSilence(app, method, scene);
    expect((await merchant.get(`/v1/payments/${payment.id}`)).body.status).toBe('open');
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(sent.url, sent.headers, sent.body)));
    for (let times = 0; times < 3; times += 1) answers.push(await deliver(sent.url, sent.headers, sent.body));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect((await merchant.get(`/v1/payments/${payment.id}`)).body.status).toBe('paid');
    const events = await world.stores.payments.listEvents(app, payment.id);
    expect(events.filter(({ type }) => type === 'payment.paid')).toHaveLength(1);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  });

  it('with any byte of its body changed is 401 and changes nothing', async () => {
    const { merchant, payment, sent } = await paidInSilence(app, method, scene);
    const events = await world.stores.payments.listEvents(app, payment.id);
    for (let at = 0; at < sent.body.length; at += Math.ceil(sent.body.length / 24)) {
      const other = sent.body[at] === 'A' ? 'B' : 'A';
      const answer = await deliver(sent.url, sent.headers, sent.body.slice(0, at) + other + sent.body.slice(at + 1));
      expect(answer.status, `byte ${at}`).toBe(401);
    }
    expect((await merchant.get(`/v1/payments/${payment.id}`)).body.status).toBe('open');
    expect(await world.stores.payments.listEvents(app, payment.id)).toEqual(events);
  });

  it('without its signature, or with a text in its place, is 401', async () => {
    const { sent } = await paidInSilence(app, method, scene);
    for (const [headers, body] of unsigned(sent)) {
      expect((await deliver(sent.url, headers, body)).status, JSON.stringify(headers).slice(0, 200)).toBe(401);
    }
  });

  it("posted to another app's account moves nothing and is not taken as received; an unknown account is 404", async () => {
    const { merchant, payment, sent } = await paidInSilence(app, method, scene);
    const other = await foreignAccount(sent.url.split('/').at(-2) ?? '');
    const answer = await deliver(sent.url.replace(/[^/]+$/, other), sent.headers, sent.body);
    expect([answer.status, await answer.text()]).not.toEqual([200, 'success']);
    // One Alipay key signs for every app of the sandbox: there the app id in the message tells them apart.
    expect(answer.status).toBe(method === 'alipay' ? 200 : 401);
    expect((await merchant.get(`/v1/payments/${payment.id}`)).body).toMatchObject({ status: 'open', paid_with: null });
    expect((await deliver(sent.url.replace(/[^/]+$/, 'acc_nothing'), sent.headers, sent.body)).status).toBe(404);
  });
});

/** An account at that provider that neither app of this file pays into. */
async function foreignAccount(provider: string): Promise<string> {
  const taote = await world.stores.config.listAccounts('taote');
  const found = taote.find((account) => account.provider === provider);
  if (found !== undefined) return found.id;
  const { body } = await world.payer.control('POST', '/accounts', { provider, name: 'foreign' });
  const settings = world.settingsOf(provider, body);
  return (
    await world.stores.config.addAccountVersion({ app: 'taote', provider, ref: 'foreign', settings }, [], {
      actor: 'test',
    })
  ).id;
}

/** Every way to take the proof away: each signature header left out or replaced; the form's sign field likewise. */
function* unsigned({ headers, body }: Delivered): Generator<[Record<string, string>, string]> {
  const names = Object.keys(headers).filter((name) =>
    /^(wechatpay|wallet)-(signature|timestamp|nonce|serial)$/i.test(name),
  );
  for (const name of names) {
    const { [name]: _, ...without } = headers;
    yield [without, body];
    yield [{ ...headers, [name]: 'x' }, body];
  }
  const signature = names.find((name) => /signature$/i.test(name));
  if (signature !== undefined) yield [{ ...headers, [signature]: 'WECHATPAY/SIGNTEST/AAAA' }, body];
  if (!body.includes('sign=')) return;
  yield [headers, body.replace(/(^|&)sign=[^&]*/, '')];
  yield [headers, body.replace(/(^|&)sign=[^&]*/, '$1sign=')];
  yield [headers, body.replace(/(^|&)sign=[^&]*/, '$1sign=QUFBQQ%3D%3D')];
  yield [headers, body.replace('sign_type=RSA2', 'sign_type=RSA')];
  yield [headers, body.replace(/(^|&)sign_type=[^&]*/, '')];
  yield [headers, `${body}&total_amount=0.01`];
}

describe('a WeChat Pay notification', () => {
  it('is refused five minutes after it was signed, by real time', async () => {
    const { sent } = await paidInSilence('eleme', 'wechat_pay', 'app');
    const old = String(Math.floor(Date.now() / 1_000) - 301);
    const name = Object.keys(sent.headers).find((it) => /timestamp$/i.test(it)) ?? 'missing';
    expect((await deliver(sent.url, { ...sent.headers, [name]: old }, sent.body)).status).toBe(401);
  });

  it('that was lost comes again on the ladder, and pays then', async () => {
    const { merchant, payment, attempt } = await paidInSilence('eleme', 'wechat_pay', 'app');
    await world.payer.faults([]);
    await world.payer.advance(20_000);
    await world.sandbox.settled();
    const paid = (await merchant.get(`/v1/payments/${payment.id}`)).body;
    expect(paid).toMatchObject({ status: 'paid', paid_with: { reference: attempt.reference } });
  });
});

describe('a genuine payment of another amount under our number', () => {
  it('moves nothing, waits for a person, and is not taken as received; a query does not change that', async () => {
    const merchant = world.merchant('eleme');
    const payment = await merchant.createPayment();
    const { body: attempt } = await merchant.post(`/v1/payments/${payment.id}/attempts`, {
      method: 'alipay',
      scene: 'app',
    });
    const account = (await world.stores.config.listAccounts('eleme')).find(({ provider }) => provider === 'alipay');
    const settings = account?.settings as Record<string, string>;
    const sdk = new AlipaySdk({
      appId: settings['app_id'] ?? '',
      privateKey: settings['private_key'] ?? '',
      gateway: settings['gateway_url'] ?? '',
    });
    const bizContent = { out_trade_no: attempt.reference, total_amount: '0.01', subject: '春笋' };
    const notifyUrl = `${world.url}/notifications/alipay/${account?.id}`;
    const { qrCode } = await sdk.exec('alipay.trade.precreate', { bizContent, notifyUrl });
    await world.payer.pay({ type: 'show_qr_code', content: qrCode });
    await world.sandbox.settled();

    const delivery = await world.until(
      async () =>
        (await world.payer.control('GET', '/notifications')).body.data.find(
          (it: { reference: string }) => it.reference === attempt.reference,
        ),
      (it) => it !== undefined,
      2_000,
    );
    expect(delivery.verdict).not.toBe('accepted');
    const after = (await merchant.get(`/v1/payments/${payment.id}?refresh=true`)).body;
    expect(after).toMatchObject({ status: 'open', paid_with: null, refunds: [] });
    const events = await world.stores.payments.listEvents('eleme', payment.id);
    expect(events.filter(({ type }) => type === 'payment.needs_review').map(({ data }) => data['code'])).toContain(
      'amount_mismatch',
    );
    expect(events.some(({ type }) => type === 'payment.paid')).toBe(false);
  });
});

describe('an account whose keys were replaced meanwhile', () => {
  it.each(CASES)(
    '%s with %s still takes what was signed for the version that made the attempt',
    async (app, method, scene) => {
      const { merchant, payment, sent } = await paidInSilence(app, method, scene);
      const [provider = '', id] = sent.url.split('/').slice(-2);
      const held = (await world.stores.config.listAccounts(app)).find((account) => account.id === id);
      const { body } = await world.payer.control('POST', '/accounts', { provider, name: `${app}-replaced` });
      const settings = world.settingsOf(provider, body);
      const next = await world.stores.config.addAccountVersion({ app, provider, ref: held?.ref ?? '', settings }, [], {
        actor: 'test',
      });
      expect(next).toMatchObject({ id, version: (held?.version ?? 0) + 1 });
      expect((await deliver(sent.url, sent.headers, sent.body)).ok).toBe(true);
      expect((await merchant.get(`/v1/payments/${payment.id}`)).body).toMatchObject({
        status: 'paid',
        paid_with: { method },
      });
      const refund = await merchant.post(`/v1/payments/${payment.id}/refunds`, {
        refund_no: `${payment.id}-v1`,
        amount: 100,
      });
      expect(refund.status).toBe(201);
      expect(['processing', 'succeeded']).toContain(refund.body.status);
    },
  );
});
