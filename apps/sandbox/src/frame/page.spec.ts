import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html } from './html.js';
import { page } from './page.js';
import { paySheet, yuan } from './pay-sheet.js';

const sheet = paySheet({ description: `<script>'"&`, amountFen: 1_205, payer: 'payer-1' });
const policyOf = (form: 'none' | 'self' | 'shop'): string =>
  page({ owner: 'alipay', content: sheet, form }).headers['content-security-policy'] ?? '';

describe('a page', () => {
  it('escapes whatever is put between its tags, lists and attributes included', () => {
    const made = html`<a title="${'"><b>'}">${[html`<i>${"'&"}</i>`, html`<i></i>`]}${undefined}${7}</a>`;
    expect(made.text).toBe('<a title="&quot;&gt;&lt;b&gt;"><i>&#39;&amp;</i><i></i>7</a>');
    expect(sheet.text).toContain('&lt;script&gt;&#39;&quot;&amp;');
  });

  it('allows its own style by hash, and nothing else', () => {
    const { body } = page({ owner: 'wallet', content: sheet });
    const style = /<style>([^]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policyOf('none').split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(body).not.toMatch(/style="|<script|src=|<link/);
  });

  it('lets a form lead to itself, and on to a shop only where there is one', () => {
    expect(policyOf('self')).toContain("form-action 'self';");
    expect(policyOf('shop')).toContain("form-action 'self' http: https:;");
  });

  it('says SANDBOX, in Chinese, and repeats the amount on its one button', () => {
    const { body } = page({ owner: 'wechat_pay', content: sheet });
    for (const part of ['lang="zh-CN"', 'SANDBOX', '微信支付', '<button>确认支付 ¥12.05</button>']) {
      expect(body).toContain(part);
    }
    expect(body.match(/<button/g)).toHaveLength(1);
  });

  it.each([
    [1, '¥0.01'],
    [100, '¥1.00'],
    [123_456_789, '¥1234567.89'],
  ])('shows %i fen as %s', (fen, shown) => expect(yuan(fen)).toBe(shown));
});
