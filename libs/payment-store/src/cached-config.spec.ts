import type { ConfigStore, OptionConfig, RolloutStore } from '@hutong/payment-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { cachedConfig } from './cached-config.js';

const BY = { actor: 'test' };
const version = (number: number): OptionConfig => ({
  app: 'shop',
  version: number,
  providers: {},
  options: [],
  order: [],
  createdAt: new Date(0),
});

/** A store that another process may change, and that counts how often it is asked. */
class SharedStore implements Partial<ConfigStore> {
  newest = 1;
  asked = 0;
  broken = false;

  async findOptions() {
    this.asked += 1;
    if (this.broken) throw new Error('The database is away.');
    return this.newest === 0 ? undefined : version(this.newest);
  }
  async addOptions() {
    this.newest += 1;
    return this.newest;
  }
}

describe('configuration that is read at every checkout', () => {
  let store: SharedStore;
  let config: ConfigStore;
  let now: number;
  const newest = async () => (await config.findOptions('shop'))?.version;

  beforeEach(() => {
    now = 1;
    store = new SharedStore();
    config = cachedConfig(store as unknown as ConfigStore, {} as RolloutStore, { now: () => now }).config;
  });

  it('is asked for once by many at the same moment, and by who comes within the second', async () => {
    expect(await Promise.all(Array.from({ length: 50 }, newest))).toEqual(Array.from({ length: 50 }, () => 1));
    expect(await newest()).toBe(1);
    expect(store.asked).toBe(1);
  });

  it('is seen within the second when another process changed it', async () => {
    await newest();
    store.newest = 2;
    now += 1_001;
    expect(await newest()).toBe(2);
  });

  it('is seen at once when this process changed it', async () => {
    await newest();
    await config.addOptions(version(2), BY);
    expect(await newest()).toBe(2);
  });

  it('is known without waiting from the first answer on, until it is changed here or the second is over', async () => {
    const cached = cachedConfig(store as unknown as ConfigStore, {} as RolloutStore, { now: () => now });
    const known = () => cached.recent.options('shop')?.version;
    const asked = cached.config.findOptions('shop');
    expect(known()).toBeUndefined();
    await asked;
    expect(known()).toBe(1);
    await cached.config.addOptions(version(2), BY);
    expect(known()).toBeUndefined();
    await cached.config.findOptions('shop');
    expect(known()).toBe(2);
    now += 1_001;
    expect(known()).toBeUndefined();
  });

  it('is answered to who asked while it was changed, and then forgotten', async () => {
    const asked = newest();
    const changed = config.addOptions(version(2), BY);
    expect(await asked).toBeOneOf([1, 2]);
    await changed;
    expect(await newest()).toBe(2);
  });

  it('is asked for again when there was none', async () => {
    store.newest = 0;
    expect(await newest()).toBeUndefined();
    store.newest = 1;
    expect(await newest()).toBe(1);
  });

  it('is not made up when the database is away', async () => {
    store.broken = true;
    await expect(newest()).rejects.toThrow('The database is away.');
    store.broken = false;
    expect(await newest()).toBe(1);
  });
});
