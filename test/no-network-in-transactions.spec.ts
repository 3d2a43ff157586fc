import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInTransaction, openTestDatabase, type TestDatabase } from '@hutong/payment-store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atomically } from '../libs/payment-store/src/transaction.js';
import { guardedTools } from './e2e/support/world.js';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const sources = globSync(['libs/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'], { cwd: root }).filter(
  (path) => !/\.spec\.tsx?$|\/generated\/|\/testing/.test(path),
);

describe('a transaction', () => {
  it('is opened in one place, which marks everything that runs inside', () => {
    expect(sources.length).toBeGreaterThan(400);
    expect(sources.filter((path) => read(path).includes('$transaction('))).toEqual([
      'libs/payment-store/src/transaction.ts',
    ]);
  });

  it('is a matter of the store alone, and the store calls nobody', () => {
    const using = sources.filter((path) => /\batomically\(|\baudited\(/.test(read(path)));
    expect(using.length).toBeGreaterThan(3);
    expect(using.filter((path) => !path.startsWith('libs/payment-store/'))).toEqual([]);
    const calling = /\bfetch\(|from '(?:undici|node:https?|@hutong\/provider-[^']+)'/;
    expect(sources.filter((path) => path.startsWith('libs/payment-store/') && calling.test(read(path)))).toEqual([]);
  });
});

describe('a call to a provider from inside a transaction', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase();
  });
  afterAll(() => test.close());

  it('fails in every world that the end-to-end suites start, however deep it hides', async () => {
    const later = async () => {
      await Promise.resolve();
      return guardedTools.fetch('http://127.0.0.1:9/');
    };
    await expect(atomically(test.database.client, later)).rejects.toThrow(/while a transaction is open/);
    expect(isInTransaction()).toBe(false);
    await expect(later()).rejects.toThrow(/fetch failed/);
  });
});
