import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openTestStores } from '@hutong/payment-store/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { SCENARIOS } from './faults/scenarios/index.ts';
import { readPlan } from './faults/support/kill-plan.ts';
import { KILL_POINTS, probedStores, STORE_METHODS } from './faults/support/kill-points.ts';

const root = resolve(import.meta.dirname, '..');
const stores = await openTestStores();
afterAll(() => stores.close());

/** What the suite's flows do not do: ask friends, hold days against statements, show lists, meet a mismatch, get an answer that is not final. */
const NOT_PASSED = ['friends.', 'reconciliations.', 'payments.appendEvent', 'impressions.', 'idempotency.release'];

describe('the points at which processes end', () => {
  it.each(Object.entries(STORE_METHODS))('name methods that the store %s has', (name, methods) => {
    const store = stores[name as keyof typeof STORE_METHODS];
    const missing = Object.keys(methods).filter((method) => typeof Reflect.get(store, method) !== 'function');
    expect(missing).toEqual([]);
  });

  it('are each passed by a scenario, once and twice', () => {
    const names = new Set(SCENARIOS.map((scenario) => scenario.name));
    const wanted = KILL_POINTS.filter(({ point }) => !NOT_PASSED.some((it) => point.startsWith(it)));
    const all = wanted.flatMap(({ point, side }) => [1, 2].map((nth) => `kill/${point}:${side}:${nth}`));
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter((name) => !names.has(name))).toEqual([]);
  });

  it('stand around what writes, and around nothing that reads', async () => {
    const passed: string[] = [];
    const probed = probedStores(stores, (point, side) => void passed.push(`${point} ${side}`));
    await probed.idempotency.claim('shop', 'a-key-of-twenty-letters', 'a fingerprint', 1_000);
    await probed.payments.loadPayment('pay_none');
    expect(passed).toEqual(['idempotency.claim before', 'idempotency.claim after']);
  });

  it('can be named in KP', () => {
    const plan = { point: 'payments.openAttempt', side: 'after', nth: 2, signal: 'SIGKILL' };
    expect(readPlan('payments.openAttempt:2')).toEqual(plan);
    expect(() => readPlan('somewhere')).toThrow('KP=somewhere');
  });
});

describe('what ships', () => {
  it('carries no way to end it, and no guard that can be taken away (A-67)', () => {
    const files = globSync('{apps,libs}/*/{src,dist}/**/*.{ts,tsx,js}', { cwd: root });
    const shipped = files.filter((path) => !/\.spec\.[jt]sx?$|\/generated\//.test(path));
    expect(shipped.length).toBeGreaterThan(300);
    const hook = /\bSIGKILL\b|\bSIGSTOP\b|saboteur|kill.?point|probed(?:Stores|Provider)|\benv\W+KP\b/i;
    expect(shipped.filter((path) => hook.test(readFileSync(resolve(root, path), 'utf8')))).toEqual([]);
  });
});
