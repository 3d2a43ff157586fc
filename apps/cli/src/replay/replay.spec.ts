import type { ReplayDocument } from '@hutong/payment-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCheckouts } from './read-checkouts.js';
import { batchesOf, sumOf } from './replay-in-batches.js';
import { replayMoment } from './replay-moment.js';
import { replayText } from './replay-text.js';

describe('replayMoment', () => {
  it('takes a date for its beginning in Beijing, whatever zone this machine is in', () => {
    expect(replayMoment('2026-11-22')).toBe('2026-11-22T00:00:00+08:00');
  });

  it('takes a time with its offset, seconds or not', () => {
    expect(replayMoment('2026-11-22T20:00:00+08:00')).toBe('2026-11-22T20:00:00+08:00');
    expect(replayMoment('2026-11-22T20:00Z')).toBe('2026-11-22T20:00:00Z');
  });

  it.each(['yesterday', '2026-02-30', '2026-13-01', '2026-11-22T20:00:00', '22.11.2026', ''])('refuses %j', (text) => {
    expect(replayMoment(text)).toBeUndefined();
  });
});

describe('readCheckouts', () => {
  it('reads a checkout a line, and passes over empty ones', () => {
    const text = '{"amount":1299,"scene":"app"}\n\n{"amount":1,"scene":"in_store","segments":["vip"]}\r\n';
    expect(readCheckouts('c.ndjson', text)).toEqual([
      { amount: 1299, scene: 'app' },
      { amount: 1, scene: 'in_store', segments: ['vip'] },
    ]);
  });

  it('tells every line that does not fit, with its number and field', () => {
    const text = '{"amount":1299,"scene":"app"}\nnot json\n{"amount":"12.99","scene":"kitchen","explain":true}\n';
    expect(() => readCheckouts('c.ndjson', text)).toThrow(
      [
        'c.ndjson:2:1 is not JSON: each line is one object.',
        'c.ndjson:3:1 explain is not known here; accepted are amount, scene, at, currency, payer_id, segments, client_version, client_app_id, user_agent, page_url, referrer_policy.',
        'c.ndjson:3:1 amount must be a whole number from 1 to 100000000.',
        'c.ndjson:3:1 scene must be one of app, ',
      ].join('\n'),
    );
  });

  it('says what it wants of a file without any', () => {
    expect(() => readCheckouts('c.ndjson', '\n')).toThrow('has no checkouts');
  });
});

describe('batches of checkouts', () => {
  const checkouts = fc.array(fc.record({ payer_id: fc.string({ unit: 'grapheme', maxLength: 60 }) }), {
    maxLength: 1_200,
  });

  it('hold all of them in their order, none over 500 or over the bytes', () => {
    fc.assert(
      fc.property(checkouts, fc.integer({ min: 1_200, max: 60_000 }), (all, bytes) => {
        const batches = batchesOf(all, bytes);
        expect(batches.flat()).toEqual(all);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(500);
          expect(batch.length).toBeGreaterThan(0);
          expect(Buffer.byteLength(JSON.stringify(batch)) - 1).toBeLessThanOrEqual(bytes);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('cannot hold one that is over the bytes by itself', () => {
    expect(() => batchesOf([{ payer_id: 'x'.repeat(100) }], 50)).toThrow('over 65536 bytes');
  });
});

const example = (scene: 'app' | 'desktop_web') => ({
  facts: { at: '2026-11-22T12:00:00.000Z', amount: 1_299, currency: 'CNY', scene, accounts: [], payer_id: 'u1' },
  before: ['alipay'],
  after: ['wechat_pay', 'alipay'],
});
const report: ReplayDocument = {
  checkouts: 500,
  changed: 2,
  appear: { wechat_pay: 2 },
  vanish: {},
  move: { alipay: 1 },
  examples: Array.from({ length: 6 }, () => example('app')),
};

describe('reports', () => {
  it('add up, with the first ten examples', () => {
    const other = { ...report, checkouts: 3, changed: 3, appear: {}, vanish: { alipay: 3 } };
    expect(sumOf([report, other])).toMatchObject({
      checkouts: 503,
      changed: 5,
      appear: { wechat_pay: 2 },
      vanish: { alipay: 3 },
      move: { alipay: 2 },
    });
    expect(sumOf([report, other]).examples).toHaveLength(10);
  });

  it('are told as counts per method, and checkouts before and after', () => {
    const told = replayText({ ...report, examples: [example('desktop_web')] });
    expect(told.split('\n')).toEqual([
      '2 of 500 checkouts (0.4 %) would look different',
      '┌────────────┬──────────────┬──────────────┬────────────┐',
      '│ method     │ would appear │ would vanish │ would move │',
      '├────────────┼──────────────┼──────────────┼────────────┤',
      '│ alipay     │ 0            │ 0            │ 1          │',
      '│ wechat_pay │ 2            │ 0            │ 0          │',
      '└────────────┴──────────────┴──────────────┴────────────┘',
      'the first of them',
      '┌──────────────────────────┬──────────────────────────────────┬──────────┬────────────────┐',
      '│ when                     │ checkout                         │ shown    │ would be shown │',
      '├──────────────────────────┼──────────────────────────────────┼──────────┼────────────────┤',
      '│ 2026-11-22T12:00:00.000Z │ desktop_web, 12.99 CNY, payer u1 │ 1 alipay │ 1 wechat_pay   │',
      '│                          │                                  │          │ 2 alipay       │',
      '└──────────────────────────┴──────────────────────────────────┴──────────┴────────────────┘',
    ]);
  });

  it('say when there was nothing to look at, or nothing would change', () => {
    expect(replayText({ ...report, checkouts: 0, changed: 0 })).toMatch(/^no checkouts in that time/);
    expect(replayText({ ...report, changed: 0 })).toBe('500 checkouts, and none would look different');
  });
});
