import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.js';
import { TestMerchant } from '../wechat-pay/test-merchant.js';
import { wechatPayWire } from '../wechat-pay/wechat-pay.js';
import { walletWire } from '../wallet/index.js';
import { handOver, TestPhone } from './test-phone.js';

const QR = { type: 'show_qr_code', content: 'weixin://wxpay/bizpayurl?pr=none' };

describe('the phone', () => {
  let sandbox: Sandbox;
  let merchant: TestMerchant;
  beforeAll(async () => {
    sandbox = await createSandbox({ wires: [wechatPayWire, walletWire] });
    await sandbox.listen();
    merchant = await TestMerchant.of(sandbox);
  });
  afterAll(() => sandbox.close());

  const phone = (language?: string): TestPhone => new TestPhone(sandbox.url, language);
  const sheetOf = async (reference: string, more = {}): Promise<string> => {
    await merchant.place('native', reference, more);
    return `/phone/trades/${sandbox.trades.list({ reference })[0]?.id}/pay`;
  };

  it('speaks the browser’s language until another is chosen, and keeps that', async () => {
    expect((await phone('zh-CN,zh;q=0.9,en;q=0.8').get('/')).text).toContain('扫一扫');
    expect((await phone('fr').get('/')).text).toContain('<html lang="zh-CN">');
    const mine = phone('en-GB,en');
    expect((await mine.get('/')).text).toContain('href="/?lang=zh"');
    await mine.get('/phone/orders?lang=zh');
    expect((await mine.get('/')).text).toContain('扫一扫');
  });

  it('has no inline script, and lets pages load nothing from elsewhere', async () => {
    const { headers, text } = await phone().get('/');
    const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']?.split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "script-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(text.match(/<script[^>]*>[^<]*/g)).toEqual(['<script src="/phone/phone.js" defer>']);
    expect(text).not.toMatch(/style="|\son\w+="|(?:src|href)="(?:https?:)?\/\//);
    const script = await phone().get('/phone/phone.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(() => new Function(script.text)).not.toThrow();
  });

  it('weighs less than 40 kB with its style and script', async () => {
    const [home, script] = [await phone().get('/'), await phone().get('/phone/phone.js')];
    expect(Buffer.byteLength(home.text + script.text)).toBeLessThan(40_000);
  });

  it('belongs to whom its browser says, and shows what is in their wallets', async () => {
    const [mine, yours] = [phone(), phone()];
    await mine.become('payer-2');
    expect((await mine.get('/phone/me')).text).toMatch(/value="payer-2"\s+aria-pressed="true"/);
    expect((await yours.get('/phone/me')).text).toMatch(/value="payer-1"\s+aria-pressed="true"/);
    await mine.post(await sheetOf('who_0001'), { password: '000000' });
    expect((await mine.get('/phone/me')).text).toContain('WeChat Pay ¥9,987.01');
  });

  it('makes a person with so much in each wallet, once', async () => {
    const mine = phone();
    expect((await mine.post('/phone/people', { name: 'mei', balance: '12.3' })).location).toBe('/phone/me');
    expect((await mine.get('/phone/me')).text).toMatch(/value="mei"\s+aria-pressed="true"/);
    const balances = sandbox.payers.all().filter(({ balance }) => balance === 1_230);
    expect(new Set(balances.map(({ provider }) => provider))).toEqual(new Set(['wechat_pay', 'wallet']));
    const again = await mine.post('/phone/people', { name: 'mei', balance: '99' });
    expect([again.status, again.text.includes('is there already')]).toEqual([400, true]);
    expect(sandbox.payers.known('wallet', 'mei')?.balance).toBe(1_230);
  });

  it.each([
    ['', '1'],
    ['a b', '1'],
    ['<b>', '1'],
    ['x'.repeat(33), '1'],
    ['neg', '-1'],
    ['exp', '1e9'],
    ['cent', '1.234'],
    ['rich', '1000000.01'],
    ['nothing', ''],
  ])('makes nobody called %j with ¥%s', async (name, balance) => {
    const before = sandbox.payers.all().length;
    expect((await phone().post('/phone/people', { name, balance })).status).toBe(400);
    expect(sandbox.payers.all()).toHaveLength(before);
  });

  it('is nobody whom a spoiled cookie names', async () => {
    for (const cookie of ['sandbox_payer=<script>', 'sandbox_payer=', `sandbox_payer=${'x'.repeat(65)}`]) {
      expect((await phone().get('/', { cookie })).text).toContain('<b>payer-1</b>');
    }
  });

  it('takes money for no form of another site, nor changes whose it is', async () => {
    const address = await sheetOf('csrf_0001');
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${sandbox.url}0` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      expect((await phone().post(address, { password: '123456' }, headers)).status).toBe(403);
      expect((await phone().post('/phone/me', { payer: 'payer-2' }, headers)).status).toBe(403);
    }
    expect(sandbox.trades.list({ reference: 'csrf_0001' })[0]?.state).toBe('awaiting_payer');
  });

  const HOSTILE = `"><img src=x onerror=alert(1)>'</title><script>alert(1)</script>&amp;`;

  it('escapes what merchants write, on every page that shows it', async () => {
    const pay = await sheetOf('escape_0001', { description: HOSTILE });
    const order = pay.replace(/\/pay$/, '');
    const pages = ['/', '/phone/open-orders', pay, '/phone/orders', order, `${order}/result?tried=declined`];
    for (const page of pages) {
      const { text } = await phone().get(page);
      expect(text).toContain('&lt;script&gt;alert(1)');
      expect(text).not.toMatch(/<img|<script>alert/);
    }
  });

  it('escapes what is scanned, handed over or asked for, whatever it is', async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60, unit: 'binary' }),
      fc.constantFrom(HOSTILE, `https://a.example/${HOSTILE}`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (hostile) => {
        const shown = [
          await phone().scan(hostile),
          await phone().get(handOver({ next_action: { type: 'show_qr_code', content: hostile }, return_url: hostile })),
          await phone().get(`/phone/orders?${new URLSearchParams({ lang: hostile, x: hostile }).toString()}`),
          await phone().get(`/phone/trades/${encodeURIComponent(hostile) || 'none'}`),
        ];
        for (const { status, text: body } of shown) {
          expect(status).toBeLessThan(500);
          expect(body).not.toMatch(/<img|<script>/);
        }
      }),
      { numRuns: 40 },
    );
  });

  describe('refuses to take over', () => {
    const encoded = (text: string): string => `/?next_action=${Buffer.from(text).toString('base64url')}`;
    it.each([
      ['nothing', '/?next_action=', 400, 'base64url'],
      ['no base64url', '/?next_action=%3Cscript%3E', 400, 'base64url'],
      ['no JSON', encoded('{'), 400, 'as JSON'],
      ['no object', encoded('[1]'), 400, 'JSON object'],
      ['no action', handOver({}), 400, 'next_action.next_action must be'],
      ['an action that no wallet opens', handOver({ next_action: { type: 'await_payer' } }), 400, 'next_action.type'],
      ['somebody else’s code', handOver({ next_action: { ...QR, content: 'weixin://dl' } }), 400, 'no wallet here'],
      ['an order that is not there', handOver({ next_action: QR }), 404, '二维码已失效'],
      ['a script to go back to', handOver({ next_action: QR, return_url: 'javascript:alert(1)' }), 400, 'return_url'],
      ['an app to go back to', handOver({ next_action: QR, return_url: 'taote://done' }), 400, 'return_url'],
      ['far too much', `/?next_action=${'a'.repeat(12_001)}`, 400, '12000'],
    ])('%s', async (_what, path, status, said) => {
      const refused = await phone().get(path);
      expect([refused.status, refused.location]).toEqual([status, null]);
      expect(/role="alert">([^<]*)/.exec(refused.text)?.[1]).toContain(said);
    });
  });

  it.each([
    ['', 400, 'Nothing was pasted'],
    ['x'.repeat(16_385), 400, 'More than 16384'],
    ['weixin://wxpay/bizpayurl?pr=none', 404, '二维码已失效'],
    ['javascript:alert(1)', 400, 'No wallet here knows this code'],
    ['101234567890123456', 400, 'a till scans it'],
  ])('reads no sheet out of %.40j', async (content, status, said) => {
    const refused = await phone().scan(content);
    expect([refused.status, refused.location]).toEqual([status, null]);
    expect(refused.text).toContain(said);
  });

  it('says of a web page which browser it should be opened in, and as whom', async () => {
    const { status, text } = await phone().scan('https://pay.example/f/abc?x=1&y="');
    expect(status).toBe(200);
    expect(text).toContain('href="https://pay.example/f/abc?x=1&amp;y=%22" rel="noreferrer"');
    for (const shown of ['MicroMessenger/', 'AlipayClient/', 'you are payer-1']) expect(text).toContain(shown);
  });

  it('follows a link of its own that hands an action over', async () => {
    const { code_url: content } = (await merchant.place('native', 'link_0001')).json;
    const link = handOver({ next_action: { type: 'show_qr_code', content }, return_url: 'http://shop.example/' });
    const scanned = await phone().scan(`${sandbox.url}${link}`);
    expect(scanned.location).toMatch(/\/pay\?return_url=http%3A%2F%2Fshop\.example%2F$/);
  });

  it.each([
    ['GET', '/phone/trades/trade_none'],
    ['GET', '/phone/trades/trade_none/pay'],
    ['GET', '/phone/trades/trade_none/result'],
    ['POST', '/phone/trades/trade_none/pay'],
  ])('%s %s: there is no such order, in a page', async (method, path) => {
    const answer = method === 'GET' ? await phone().get(path) : await phone().post(path, { password: '123456' });
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('No trade trade_none');
  });

  it('believes its books, not the address, about what was paid', async () => {
    const order = (await sheetOf('belief_0001')).replace(/\/pay$/, '');
    expect((await phone().get(`${order}/result?tried=success`)).text).toContain('Not paid yet');
    expect((await phone().get(`${order}/result?return_url=javascript:alert(1)`)).status).toBe(400);
    expect((await phone().post(`${order}/pay`, { result: 'success' })).status).toBe(400);
  });

  it('shows codes of wallets that have them only', async () => {
    expect((await phone().get('/phone/code?wallet=wallet')).text).toContain('There is: wechat_pay');
    expect((await phone().get('/phone/till?wallet=wechat_pay&since=yesterday')).status).toBe(400);
  });
});
