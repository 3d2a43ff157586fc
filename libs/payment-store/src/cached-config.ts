import type {
  Account,
  ApiKey,
  AppConfig,
  ConfigStore,
  OptionConfig,
  RecentConfig,
  RolloutHold,
  RolloutStore,
} from '@hutong/payment-core';
import { LRUCache } from 'lru-cache';

/** How long an answer is repeated: a change made by another process is seen within it, one made here at once. */
const CACHED_FOR_MS = 1_000;

/** What every checkout reads and hardly anybody writes. */
interface Answers {
  readonly app: AppConfig;
  readonly options: OptionConfig;
  readonly accounts: readonly Account[];
  readonly account: Account;
  readonly key: ApiKey;
  readonly holds: readonly RolloutHold[];
}

/** In place of a version's number. */
const NEWEST = 'newest';

/** An answer, and what it was once it has come. */
interface Kept {
  readonly answer: Promise<object | undefined>;
  found?: object;
}

/**
 * Answers of the last second, asked for once however many want them at the same moment. A failure is not kept, nor an
 * answer that there is nothing: what is made next is found at once, and guessing keys fills no memory.
 */
class RecentAnswers {
  readonly #kept: LRUCache<string, Kept>;

  constructor(perf: Pick<typeof performance, 'now'>) {
    this.#kept = new LRUCache({ max: 10_000, ttl: CACHED_FOR_MS, ttlResolution: 0, perf });
  }

  get<K extends keyof Answers>(
    kind: K,
    of: string,
    ask: () => Promise<Answers[K] | undefined>,
  ): Promise<Answers[K] | undefined> {
    const key = `${kind} ${of}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known.answer as Promise<Answers[K] | undefined>;
    const answer = ask();
    const kept: Kept = { answer };
    this.#kept.set(key, kept);
    const forget = (): void => void (this.#kept.peek(key) === kept && this.#kept.delete(key));
    answer.then((found) => (found === undefined ? forget() : (kept.found = found)), forget);
    return answer;
  }

  /** What `get` would answer, when that is known by now. */
  known<K extends keyof Answers>(kind: K, of: string): Answers[K] | undefined {
    return this.#kept.get(`${kind} ${of}`)?.found as Answers[K] | undefined;
  }

  /** Does a write, then forgets everything: also what was asked for while it ran. */
  async after<T>(write: Promise<T>): Promise<T> {
    try {
      return await write;
    } finally {
      this.#kept.clear();
    }
  }
}

/** The stores of configuration, each answer of the last second (of `perf`) kept in memory. */
export function cachedConfig(
  config: ConfigStore,
  rollouts: RolloutStore,
  perf: Pick<typeof performance, 'now'> = performance,
): { readonly config: ConfigStore; readonly rollouts: RolloutStore; readonly recent: RecentConfig } {
  const recent = new RecentAnswers(perf);
  return { config: configOver(config, recent), rollouts: rolloutsOver(rollouts, recent), recent: knownOf(recent) };
}

function knownOf(recent: RecentAnswers): RecentConfig {
  return {
    options: (app) => recent.known('options', `${app} ${NEWEST}`),
    accounts: (app) => recent.known('accounts', app),
    holds: (app) => recent.known('holds', app),
    keyByHash: (hash) => recent.known('key', hash),
  };
}

function configOver(config: ConfigStore, recent: RecentAnswers): ConfigStore {
  return {
    listApps: () => config.listApps(),
    findApp: (id) => recent.get('app', id, () => config.findApp(id)),
    saveApp: (...write) => recent.after(config.saveApp(...write)),
    findOptions: (app, version) =>
      recent.get('options', `${app} ${version ?? NEWEST}`, () => config.findOptions(app, version)),
    listOptionVersions: (app) => config.listOptionVersions(app),
    addOptions: (...write) => recent.after(config.addOptions(...write)),
    listAccounts: async (app) => (await recent.get('accounts', app, () => config.listAccounts(app))) ?? [],
    findAccountVersions: (id) => config.findAccountVersions(id),
    findAccount: (id, version) => recent.get('account', `${id} ${version}`, () => config.findAccount(id, version)),
    addAccountVersion: (...write) => recent.after(config.addAccountVersion(...write)),
    retireAccount: (...write) => recent.after(config.retireAccount(...write)),
    listKeys: (app) => config.listKeys(app),
    addKey: (...write) => recent.after(config.addKey(...write)),
    findKeyByHash: (hash) => recent.get('key', hash, () => config.findKeyByHash(hash)),
    revokeKey: (...write) => recent.after(config.revokeKey(...write)),
  };
}

function rolloutsOver(rollouts: RolloutStore, recent: RecentAnswers): RolloutStore {
  return {
    listHolds: async (app) => (await recent.get('holds', app, () => rollouts.listHolds(app))) ?? [],
    hold: (...write) => recent.after(rollouts.hold(...write)),
    release: (...write) => recent.after(rollouts.release(...write)),
    lastReleased: (app, method) => rollouts.lastReleased(app, method),
    tally: (app, method, since) => rollouts.tally(app, method, since),
  };
}
