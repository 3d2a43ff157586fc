import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const sources = globSync(['libs/*/src/**/*.{ts,tsx}', 'apps/{gateway,cli}/src/**/*.{ts,tsx}'], { cwd: root })
  .filter((path) => !/\.spec\.tsx?$|\/generated\/|\/testing/.test(path))
  .toSorted();

/**
 * Every timer of what ships, and why no money waits for it. What has to happen later stands in a row with its time, which any
 * process finds; a timer may only say how soon somebody looks.
 */
const TIMERS: Readonly<Record<string, string>> = {
  'apps/cli/src/commands/reconcile.ts': 'a person waits at a terminal; the day is worked off by the worker',
  'apps/cli/src/sandbox-accounts.ts': 'a person waits at a terminal for the sandbox',
  'apps/gateway/src/lifecycle/stop-gracefully.ts': 'how long a process that was asked to stop may take',
  'apps/gateway/src/lifecycle/unused-connections.ts': 'a closing server looks for connections that nobody used',
  'apps/gateway/src/pages/cashier/event-stream.ts': 'keeps an open stream from being cut by proxies',
  'apps/gateway/src/pages/cashier/payment-watch.ts': 'how soon an open page hears of a row that has moved',
  'apps/gateway/src/reconciliation/report.style.ts': 'how long a button says that it has copied, in the browser',
  'apps/gateway/src/time/business-clock.ts': 'follows the clock of the sandbox',
  'apps/gateway/src/within.ts': 'the time limit of one question, not a wait for its answer',
  'apps/gateway/src/worker/rounds.ts':
    'how soon rows are looked for that are due: attempts, refunds, days of statements, keys of wallets',
  'apps/gateway/src/worker/webhook.service.ts':
    'how soon deliveries are looked for that are due, and the end of a stop',
  'libs/client/src/transport.ts': "a merchant's client waits before it asks again, with the same key",
  'libs/provider-kit/src/http-stream.ts': 'the time limit of one call',
};

describe('timers', () => {
  it('stand where they are known to, and nothing is kept waiting in memory', () => {
    const timed = sources.filter((path) =>
      /\bset(?:Timeout|Interval|Immediate)\(|['"](?:node:)?timers(?:\/promises)?['"]/.test(
        readFileSync(resolve(root, path), 'utf8'),
      ),
    );
    expect(sources.length).toBeGreaterThan(300);
    expect(timed).toEqual(Object.keys(TIMERS));
  });

  it('are none in the money logic, the providers and the store', () => {
    const parts = ['libs/payment-core/', 'libs/payment-store/', 'libs/provider-wechat-pay/', 'libs/provider-alipay/'];
    expect(Object.keys(TIMERS).filter((path) => parts.some((part) => path.startsWith(part)))).toEqual([]);
  });
});
