import { ControlError } from './control-error.js';
import type { Provider } from './provider.js';
import type { Vault } from './vault.js';

/** A merchant's account at one wire. JSON all the way (keys as PEM), because it is kept in the vault as it is. */
export interface AccountRecord {
  /** Unique per provider; what control calls and trades name it by. */
  readonly name: string;
}

/** How one wire makes its accounts and shows them at `/__sandbox/accounts`. */
export interface WireAccounts<A extends AccountRecord = AccountRecord> {
  /** Made at the first start, in this order (the first is the one that examples use). */
  readonly defaults: readonly AccountWish[];
  /** Makes keys and ids for a new account. @throws ControlError 400 naming a field of `wish` that it can't follow */
  create(wish: AccountWish): Promise<A>;
  /** What the control API answers: with every key a client needs, the merchant's private key included. */
  show(account: A): Promise<Readonly<Record<string, unknown>>> | Readonly<Record<string, unknown>>;
  /** Replaces the key that the wallet signs with, old and new overlapping, on wires that do such a thing. @throws ControlError 409 */
  rotate?(account: A): Promise<void>;
  /**
   * The account at the next step of its way to another kind of the wallet's keys, on wires that have two: begun, or
   * completed when it is begun. @throws ControlError 409 for a step that is not next
   */
  switchKeys?(account: A, complete: boolean): A;
}

/** What `POST /__sandbox/accounts` says beside the provider; fields other than `name` belong to the wire. */
export type AccountWish = AccountRecord & Readonly<Record<string, unknown>>;

/** The accounts of one wire, typed for it. */
export interface AccountShelf<A extends AccountRecord> {
  all(): readonly A[];
  named(name: string): A | undefined;
  /** The first account that fits, for looking up by merchant number or app id. */
  find(fits: (account: A) => boolean): A | undefined;
}

/** Every wire's accounts, kept over restarts. */
export class Accounts {
  private readonly wires = new Map<Provider, WireAccounts>();
  private readonly records = new Map<Provider, AccountRecord[]>();
  private readonly creating = new Map<string, Promise<AccountRecord>>();

  constructor(private readonly vault: Vault) {}

  /** Puts a wire's accounts on the shelf and makes its default ones where they are missing. */
  async connect(provider: Provider, wire: WireAccounts): Promise<void> {
    this.wires.set(provider, wire);
    this.records.set(provider, this.vault.read<AccountRecord[]>(fileOf(provider)) ?? []);
    await Promise.all(wire.defaults.map((wish) => this.create(provider, wish)));
    this.putDefaultsFirst(provider, wire);
  }

  /** A live view: accounts created later are seen by it. Usable before `connect`. */
  shelf<A extends AccountRecord>(provider: Provider): AccountShelf<A> {
    const all = (): readonly A[] => (this.records.get(provider) ?? []) as readonly AccountRecord[] as readonly A[];
    return {
      all,
      named: (name) => all().find((account) => account.name === name),
      find: (fits) => all().find(fits),
    };
  }

  /** Creates an account, or returns the one that has this name already. @throws ControlError */
  create(provider: Provider, wish: AccountWish): Promise<AccountRecord> {
    const existing = this.records.get(provider)?.find((account) => account.name === wish.name);
    if (existing !== undefined) return Promise.resolve(existing);
    const key = `${provider} ${wish.name}`;
    const running = this.creating.get(key);
    if (running !== undefined) return running;
    const task = this.make(provider, wish).finally(() => this.creating.delete(key));
    this.creating.set(key, task);
    return task;
  }

  async show(provider: Provider, account: AccountRecord): Promise<Readonly<Record<string, unknown>>> {
    return this.wireOf(provider).show(account);
  }

  /** @throws ControlError 404 without such an account, 409 where the wallet's key is never replaced */
  async rotate(provider: Provider, name: string): Promise<AccountRecord> {
    const wire = this.wireOf(provider);
    const account = this.known(provider, name);
    if (wire.rotate === undefined) throw new ControlError(409, `${provider} never replaces the key it signs with.`);
    await wire.rotate(account);
    return account;
  }

  /** @throws ControlError 404 without such an account, 409 where there is nothing to switch to, or nothing to complete */
  switchKeys(provider: Provider, name: string, complete: boolean): AccountRecord {
    const wire = this.wireOf(provider);
    const account = this.known(provider, name);
    if (wire.switchKeys === undefined) throw new ControlError(409, `${provider} has one kind of keys only.`);
    const switched = wire.switchKeys(account, complete);
    const all = (this.records.get(provider) ?? []).map((other) => (other.name === name ? switched : other));
    this.records.set(provider, all);
    this.vault.write(fileOf(provider), all);
    return switched;
  }

  /** All accounts as the control API shows them, by provider. */
  async showAll(): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const shown = [...this.wires.keys()].map(async (provider) => {
      const accounts = this.records.get(provider) ?? [];
      return [provider, await Promise.all(accounts.map((account) => this.show(provider, account)))] as const;
    });
    return Object.fromEntries(await Promise.all(shown));
  }

  private async make(provider: Provider, wish: AccountWish): Promise<AccountRecord> {
    const account = await this.wireOf(provider).create(wish);
    const all = [...(this.records.get(provider) ?? []), account];
    this.records.set(provider, all);
    this.vault.write(fileOf(provider), all);
    return account;
  }

  private known(provider: Provider, name: string): AccountRecord {
    const account = this.shelf(provider).named(name);
    if (account === undefined) throw new ControlError(404, `No account ${name}. GET /__sandbox/accounts lists them.`);
    return account;
  }

  /** Key generation finishes in any order; the list says the defaults in theirs. */
  private putDefaultsFirst(provider: Provider, wire: WireAccounts): void {
    const rank = new Map(wire.defaults.map((wish, index) => [wish.name, index]));
    const last = wire.defaults.length;
    const rankOf = (account: AccountRecord): number => rank.get(account.name) ?? last;
    this.records.set(
      provider,
      (this.records.get(provider) ?? []).toSorted((a, b) => rankOf(a) - rankOf(b)),
    );
  }

  private wireOf(provider: Provider): WireAccounts {
    const wire = this.wires.get(provider);
    if (wire !== undefined) return wire;
    throw new ControlError(
      400,
      `provider: no wire \`${provider}\` here. There is: ${[...this.wires.keys()].join(', ')}.`,
    );
  }
}

const fileOf = (provider: Provider): string => `accounts-${provider}`;
