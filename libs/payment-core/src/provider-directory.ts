import type {
  AccountCheck,
  Clock,
  Diagnosis,
  FailingMessage,
  Method,
  PaymentProvider,
  ProviderDefinition,
  ProviderTools,
  SharedMethod,
  WalletClue,
} from '@hutong/payment-port';
import { newId } from './ids.js';
import { Circuit } from './options/circuit.js';
import type { Account } from './stores/config.store.js';
import { watched } from './watched-provider.js';

const A_SECOND_MS = 1_000;

/** What an application is composed of. */
export interface Installation {
  readonly providers: readonly ProviderDefinition[];
  /** Options built over several of them. */
  readonly methods: readonly SharedMethod[];
}

/** A method and the installed providers behind it. A provider's own method is one over a single provider. */
export type KnownMethod = SharedMethod;

/** The providers and methods that this application was composed of, and its connected accounts. */
export class ProviderDirectory {
  readonly installation: Installation;
  readonly #definitions: ReadonlyMap<string, ProviderDefinition>;
  readonly #methods: ReadonlyMap<string, KnownMethod>;
  readonly #methodList: readonly KnownMethod[];
  readonly #tools: ProviderTools;
  readonly #clock: Clock;
  /** By account and version: keys are parsed once, and a version never changes. */
  readonly #connections = new Map<string, PaymentProvider>();
  /** By account, whichever version. */
  readonly #circuits = new Map<string, Circuit>();
  readonly #diagnosedAt = new Map<string, number>();

  /** @throws Error when two providers or two methods share an id, or a method reaches no provider that is installed */
  constructor(installation: Installation, tools: ProviderTools, clock: Clock = tools.clock) {
    this.installation = installation;
    this.#tools = tools;
    this.#clock = clock;
    this.#definitions = unique(installation.providers, 'provider');
    this.#methods = unique(knownMethods(installation), 'method');
    this.#methodList = [...this.#methods.values()];
  }

  definition(provider: string): ProviderDefinition | undefined {
    return this.#definitions.get(provider);
  }

  method(id: string): KnownMethod | undefined {
    return this.#methods.get(id);
  }

  /** Always the same list. */
  methods(): readonly KnownMethod[] {
    return this.#methodList;
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
    const connection = watched(
      definition.connect(account.settings, this.#tools),
      this.#circuitOf(account),
      this.#clock,
    );
    this.#connections.set(key, connection);
    return connection;
  }

  /**
   * Whether the account's provider has been answering. While it has not, it is asked now and then about an order that
   * does not exist, so that it comes back by itself; the one who asks here does not wait for that.
   */
  answers(account: Account, now: Date): boolean {
    const circuit = this.#circuitOf(account);
    if (circuit.claimProbe(now)) void this.#probe(account);
    return circuit.state === 'closed';
  }

  /** What came of it, the circuit has been told. */
  async #probe(account: Account): Promise<void> {
    try {
      await this.connect(account).payments.query(newId('att'));
    } catch {
      // A refusal is an answer, silence is another try later.
    }
  }

  #circuitOf({ id }: Account): Circuit {
    const known = this.#circuits.get(id);
    if (known !== undefined) return known;
    const circuit = new Circuit();
    this.#circuits.set(id, circuit);
    return circuit;
  }

  /** Why a message fails with this account's keys; undefined where its provider can't say. `at`: when it failed, else now. */
  diagnose({ provider, settings }: Account, message: FailingMessage, at?: Date): Diagnosis | undefined {
    const now = at ?? this.#tools.clock.now();
    return this.#definitions.get(provider)?.diagnostics?.diagnose(message, settings, now);
  }

  /** As `diagnose`, for messages that strangers may send as fast as they like: undefined within a second of the last one. */
  diagnoseSeldom(account: Account, message: FailingMessage): Diagnosis | undefined {
    const key = `${account.id}:${account.version}`;
    const now = this.#tools.clock.now().getTime();
    if (Math.abs(now - (this.#diagnosedAt.get(key) ?? -Infinity)) < A_SECOND_MS) return undefined;
    this.#diagnosedAt.set(key, now);
    return this.diagnose(account, message);
  }

  /** What its provider says about the account's settings, without asking anybody. */
  examine({ provider, settings }: Account, notifyUrl: string): readonly AccountCheck[] {
    const about = { notifyUrl, now: this.#tools.clock.now() };
    return this.#definitions.get(provider)?.diagnostics?.examine(settings, about) ?? [];
  }
}

function knownMethods({ providers, methods }: Installation): KnownMethod[] {
  const own = providers.flatMap((definition) => definition.methods.map((method) => ownMethod(method, definition.id)));
  return [
    ...own,
    ...methods.map((method) =>
      overInstalled(
        method,
        providers.map(({ id }) => id),
      ),
    ),
  ];
}

function ownMethod(method: Method, provider: string): KnownMethod {
  return { ...method, providers: [provider], providerOf: () => provider };
}

/** A wallet whose provider is not installed here is nobody's. */
function overInstalled(method: SharedMethod, installed: readonly string[]): KnownMethod {
  const providers = method.providers.filter((id) => installed.includes(id));
  if (providers.length === 0)
    throw new Error(`Method ${method.id} is built over ${method.providers.join(', ')}: install one of them.`);
  return {
    ...method,
    providers,
    providerOf: (clue: WalletClue) => providers.find((id) => id === method.providerOf(clue)),
  };
}

function unique<T extends { readonly id: string }>(items: readonly T[], what: string): Map<string, T> {
  const byId = new Map(items.map((item) => [item.id, item]));
  if (byId.size !== items.length) throw new Error(`Two entries share one ${what} id.`);
  return byId;
}
