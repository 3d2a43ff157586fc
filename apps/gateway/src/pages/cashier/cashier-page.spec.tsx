import type { AppConfig, Attempt, MethodList, PaymentRecord } from '@hutong/payment-core';
import { money, type NextAction } from '@hutong/payment-port';
import { describe, expect, it } from 'vitest';
import type { GatewayReply } from '../../http/request.js';
import { sendPage } from '../page.js';
import { openPage } from './cashier-page.js';
import { cashierView } from './cashier-view.js';

const NOW = new Date('2026-03-01T08:00:00Z');
const LATER = new Date('2026-03-01T08:10:00Z');
const BEFORE = new Date('2026-03-01T07:59:59Z');

const APP: AppConfig = {
  id: 'shop',
  name: { 'zh-CN': '小店', en: 'Shop' },
  branding: { color: '#112233', mark: '店' },
  returnOrigins: [],
};

/** The cashier of a payment in the middle of this action, as it is sent. */
async function sent(nextAction: NextAction, { language = 'zh-CN', phoneHref }: Sending = {}) {
  const attempt = {
    id: 'att_1',
    method: 'wechat_scan',
    provider: 'wechat_pay',
    status: 'awaiting_payer',
    createdAt: new Date('2026-03-01T07:50:00Z'),
    expiresAt: LATER,
    nextAction,
  } as Attempt;
  const payment = { cashierToken: 't', status: 'open', amount: money(1_299), description: '苹果', expiresAt: LATER };
  const record = { payment, attempts: [attempt], captures: [], refunds: [] } as unknown as PaymentRecord;
  const visitor = { language, query: '', userAgent: '', address: '127.0.0.1' } as const;
  const view = cashierView(record, APP, { visitor, scene: 'mobile_web', now: NOW });
  const panel = { title: '微信', eager: false, phoneHref };
  const page = await openPage(
    { ...view, list: undefined as MethodList | undefined, attempt, refusal: undefined },
    panel,
    200,
  );
  return written((reply) => sendPage(reply, page));
}

interface Sending {
  readonly language?: 'zh-CN' | 'en';
  readonly phoneHref?: string;
}

async function written(send: (reply: GatewayReply) => Promise<void>) {
  const seen = { headers: {} as Record<string, string>, html: '' };
  const reply = {
    status: () => reply,
    headers: (all: Record<string, string>) => (Object.assign(seen.headers, all), reply),
    header: () => reply,
    send: async (html: string) => void (seen.html = html),
  };
  await send(reply as unknown as GatewayReply);
  return seen;
}

describe('a code', () => {
  it('is drawn while it can be paid, with the time that it has left', async () => {
    const { html } = await sent({
      type: 'show_qr_code',
      content: 'weixin://1',
      expiresAt: new Date('2026-03-01T08:04:00Z'),
    });
    expect(html).toContain('shape-rendering="crispEdges"');
    expect(html).toMatch(/id="renew"[^>]* hidden/);
    expect(html).toContain('4:00');
  });

  it('that can no longer be paid is not drawn at all; a new one is one press away', async () => {
    const { html } = await sent({ type: 'show_qr_code', content: 'weixin://1', expiresAt: BEFORE });
    expect(html).not.toContain('shape-rendering');
    expect(html).not.toMatch(/id="renew"[^>]* hidden/);
    expect(html).toContain('刷新二维码');
  });
});

describe('a redirect', () => {
  const FORM = {
    type: 'redirect',
    url: 'https://wallet.example/pay?x=1',
    form: { sign: '"><script>' },
    expiresAt: LATER,
  } as const;

  it('with fields is a form, and only its origin may take it', async () => {
    const { html, headers } = await sent(FORM);
    expect(headers['content-security-policy']).toContain("form-action 'self' https://wallet.example;");
    expect(html).toContain('<input type="hidden" name="sign" value="&quot;&gt;&lt;script&gt;"/>');
  });

  it('without fields is a link, and no form may leave', async () => {
    const { html, headers } = await sent({ type: 'redirect', url: FORM.url, expiresAt: LATER });
    expect(headers['content-security-policy']).toContain("form-action 'self';");
    expect(html).toContain('href="https://wallet.example/pay?x=1"');
  });
});

describe('what a wallet’s SDK takes', () => {
  const SDK = {
    type: 'invoke_sdk',
    sdk: 'alipay_app',
    params: { order_string: `a="b"&c='<d>'` },
    expiresAt: LATER,
  } as const;

  it('reaches the script untouched', async () => {
    const { html } = await sent(SDK);
    const [, attribute = ''] = /data-params="([^"]*)"/.exec(html) ?? [];
    const read = attribute
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    expect(JSON.parse(read.replaceAll('&amp;', '&'))).toEqual(SDK.params);
  });

  it('names the sandbox’s phone only where there is one', async () => {
    expect((await sent(SDK)).html).not.toContain('sandbox-phone');
    expect((await sent(SDK, { phoneHref: 'http://127.0.0.1:4000/?x' })).html).toContain('id="sandbox-phone"');
  });
});

it('is looked at again without JavaScript while something is awaited', async () => {
  const { html } = await sent({ type: 'await_payer', pollAfterMs: 1_000, expiresAt: LATER }, { language: 'en' });
  expect(html).toContain('<noscript><meta http-equiv="refresh" content="5"/></noscript>');
  expect(html).toContain('Confirm it on your phone.');
});
