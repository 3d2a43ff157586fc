import type { Accounts } from './accounts.js';
import type { Cashier } from './cashier.js';
import type { Exchanges } from './exchanges.js';
import type { Faults } from './faults.js';
import type { Notifier } from './notifier.js';
import type { Outcomes } from './outcomes.js';
import type { Payers } from './payers.js';
import type { RequestLog } from './request-log.js';
import type { SandboxClock } from './sandbox-clock.js';
import type { Trades } from './trades.js';
import type { Vault } from './vault.js';

/** What a wire is given: everything the sandbox has that is not about one wire. */
export interface Frame {
  /** Business time. Timestamps of signed messages are real time (`Date.now()`), whatever this says. */
  readonly clock: SandboxClock;
  /** Keys that a wire shares between its accounts. */
  readonly vault: Vault;
  readonly accounts: Accounts;
  readonly payers: Payers;
  readonly trades: Trades;
  readonly notifier: Notifier;
  /** Runs a request with faults and the request log around it. */
  readonly exchanges: Exchanges;
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** Pays a trade of any wire, for pages. */
  readonly cashier: Cashier;
  /** What payers do where nobody says otherwise. */
  readonly outcomes: Outcomes;
  /** Base of absolute URLs, without a trailing slash. Known once listening: ask when you need it, keep no copy. */
  publicUrl(): string;
  /** The same with TLS; undefined where nothing answers it. */
  secureUrl(): string | undefined;
}
