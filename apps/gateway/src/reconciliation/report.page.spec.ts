import { createHash } from 'node:crypto';
import type { ReconciliationReport } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { reconciliationPage } from './report.page.js';

const sums = (count: number, amount: number) => ({
  payments: { count, amount },
  refunds: { count: 0, amount: 0 },
  fees: { amount: 0 },
});

const READY: ReconciliationReport = {
  object: 'reconciliation',
  app: 'taote',
  provider: 'wechat_pay',
  date: '2026-11-22',
  status: 'ready',
  matched: 1,
  found: { foreign: 1 },
  remaining: 0,
  in_flight: 0,
  waiting: 0,
  sums: { statement: sums(2, 2_598), matched: sums(1, 1_299), differences: sums(1, 1_299), in_flight: sums(0, 0) },
  accounts: [],
  has_more: false,
  differences: [
    {
      id: 'dif_1',
      kind: 'foreign',
      subject: 'payment',
      current: true,
      resolution: 'none',
      reference: '"><script>alert(1)</script>',
      provider_reference: '4200001234',
      refund_reference: null,
      payment_id: null,
      attempt_id: null,
      refund_id: null,
      ours: null,
      theirs: { amount: 1_299, currency: '<b>', state: null, at: '2026-11-22T15:59:59.000Z' },
      found_at: '2026-11-23T02:30:00.000Z',
      resolved_at: null,
    },
  ],
};

describe('the page of a day', () => {
  it('shows what a statement says as text, whatever it says', () => {
    const page = reconciliationPage(READY, 'en');
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<b>');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('loads nothing, and allows its own script alone', () => {
    const page = reconciliationPage(READY, 'zh-CN');
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)![1]!;
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;`);
    expect(page).not.toMatch(/\s(?:src|href)=/);
  });

  it('says times in Beijing, and its words in the reader’s language', () => {
    const [chinese, english] = (['zh-CN', 'en'] as const).map((language) => reconciliationPage(READY, language));
    expect(chinese).toContain('<html lang="zh-CN">');
    expect(chinese).toContain('非本系统交易');
    expect(chinese).toContain('23:59:59');
    expect(english).toContain('Not of this system');
    expect(english).toContain('11:59:59');
  });

  it('says what would appear where there is nothing yet', () => {
    const page = reconciliationPage({ ...READY, status: 'not_ready', sums: null, differences: [] }, 'en');
    expect(page).toContain('This day has no result yet.');
    expect(page).not.toContain('<table');
  });
});
