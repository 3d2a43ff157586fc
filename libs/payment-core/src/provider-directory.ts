import type { Method, PaymentProvider, ProviderDefinition, ProviderTools } from '@hutong/payment-port';
import type { Account } from './stores/config.store.js';

/** A method and the provider behind it. */
export interface KnownMethod extends Method {
  readonly provider: string;
}

/** The providers that this application was composed of, and their connected accounts. */
export class ProviderDirectory {
  readonly #definitions: ReadonlyMap<string, ProviderDefinition>;
  readonly #methods: ReadonlyMap<string, KnownMethod>;
  readonly #tools: ProviderTools;
  /** By account and version: keys are parsed once, and a version never changes. */
  readonly #connections = new Map<string, PaymentProvider>();

  /** @throws Error when two providers or two methods share an id */
  constructor(definitions: readonly ProviderDefinition[], tools: ProviderTools) {
    this.#tools = tools;
    this.#definitions = unique(definitions, 'provider');
    this.#methods = unique(
      definitions.flatMap((definition) => definition.methods.map((method) => ({ ...method, provider: definition.id }))),
      'method',
    );
  }

  definition(provider: string): ProviderDefinition | undefined {
    return this.#definitions.get(provider);
  }

  definitions(): readonly ProviderDefinition[] {
    return [...this.#definitions.values()];
  }

  method(id: string): KnownMethod | undefined {
    return this.#methods.get(id);
  }

  methods(): readonly KnownMethod[] {
    return [...this.#methods.values()];
  }

  /** Those that this process has connected so far. */
  connections(): readonly PaymentProvider[] {
    return [...this.#connections.values()];
  }

  /** @throws InvalidAccountConfig when the stored settings no longer fit; Error when the provider is not installed */
  connect(account: Account): PaymentProvider {
    const key = `${account.id}:${account.version}`;
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const definition = this.#definitions.get(account.provider);
    if (definition === undefined) throw new Error(`Provider ${account.provider} is not part of this application.`);
    const connection = definition.connect(account.settings, this.#tools);
    this.#connections.set(key, connection);
    return connection;
  }
}

function unique<T extends { readonly id: string }>(items: readonly T[], what: string): Map<string, T> {
  const byId = new Map(items.map((item) => [item.id, item]));
  if (byId.size !== items.length) throw new Error(`Two entries share one ${what} id.`);
  return byId;
}
