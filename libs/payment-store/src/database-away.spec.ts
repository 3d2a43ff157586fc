import { StoreUnavailable } from '@hutong/payment-core';
import { describe, expect, it } from 'vitest';
import { sayingWhenAway, saysDatabaseIsAway } from './database-away.js';

const coded = (code: string) => Object.assign(new Error('no'), { code });

describe('a database that is away', () => {
  it.each([
    ['refuses connections', coded('ECONNREFUSED')],
    ['is shutting down', { meta: { driverAdapterError: { cause: { originalCode: '57P01', kind: 'postgres' } } } }],
    ['cut the connection', new Error('Connection terminated unexpectedly')],
    ['has no connection left', coded('53300')],
    ['took too long for a statement', { cause: { kind: 'postgres', code: '57014' } }],
    ['took too long for a lock', { cause: { kind: 'postgres', code: '55P03' } }],
    ['let nobody begin in time', coded('P2028')],
    ['did not answer the pool in time', new Error('timeout exceeded when trying to connect')],
    ['was closed', new Error('PGlite is closed')],
  ])('%s', (_, error) => {
    expect(saysDatabaseIsAway(error)).toBe(true);
  });

  it.each([
    ['a unique violation', coded('P2002')],
    ['a deadlock that was lost', coded('40P01')],
    ['a wrong program', new TypeError('x is not a function')],
    ['nothing', undefined],
    ['a text', 'ECONNREFUSED'],
  ])('is not what %s says', (_, error) => {
    expect(saysDatabaseIsAway(error)).toBe(false);
  });

  it('does not follow causes in a circle', () => {
    const error: { cause?: unknown } = {};
    error.cause = error;
    expect(saysDatabaseIsAway(error)).toBe(false);
  });
});

describe('a store', () => {
  class Store {
    readonly #rows = 3;
    count = async () => this.#rows;
    async away() {
      throw coded('ECONNRESET');
    }
    async wrong() {
      throw new TypeError('wrong');
    }
  }
  const store = sayingWhenAway(new Store());

  it('says in one word that its database is away, with the reason behind it', async () => {
    await expect(store.away()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.away()).rejects.toHaveProperty('cause.code', 'ECONNRESET');
  });

  it('passes on everything else as it is', async () => {
    expect(await store.count()).toBe(3);
    await expect(store.wrong()).rejects.toThrow(new TypeError('wrong'));
  });
});
