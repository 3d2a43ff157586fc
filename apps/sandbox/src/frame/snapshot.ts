import { hash } from 'node:crypto';
import type { AccountRecord } from './accounts.js';
import type { Frame } from './frame.js';
import type { PendingNotification } from './notifier.js';
import type { OutcomesState } from './outcomes.js';
import type { PayerWallet } from './payers.js';
import type { Provider } from './provider.js';
import type { BookState } from './trade-book.js';
import type { ConnectedWire } from './wire.js';

/** All that a sandbox remembers beside keys and accounts, which the vault has. */
export interface SandboxState {
  readonly offset_ms: number;
  /** What the trades' accounts were, by provider and name: trades mean nothing beside others. */
  readonly accounts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly payers: readonly PayerWallet[];
  readonly books: Readonly<Record<string, BookState>>;
  readonly outcomes: OutcomesState;
  readonly notifications: readonly PendingNotification[];
  /** What each wire says it remembers. */
  readonly wires: Readonly<Record<string, unknown>>;
}

type Remembering = Pick<Frame, 'accounts' | 'clock' | 'payers' | 'trades' | 'outcomes' | 'notifier'>;

export function stateOf(frame: Remembering, wires: readonly ConnectedWire[]): SandboxState {
  const ofEach = <T>(say: (wire: ConnectedWire) => T): Record<string, T> =>
    Object.fromEntries(wires.map((wire) => [wire.provider, say(wire)]));
  return {
    offset_ms: frame.clock.offsetMs,
    accounts: ofEach(({ provider }) => fingerprints(provider, frame)),
    payers: frame.payers.all(),
    books: ofEach(({ provider }) => frame.trades.bookOf(provider).state()),
    outcomes: frame.outcomes.state(),
    notifications: frame.notifier.pending(),
    wires: ofEach((wire) => wire.remembered?.() ?? null),
  };
}

/** Into a sandbox that has its accounts and no trades yet. @throws Error saying why it does not fit, then it is unusable */
export function resume(state: SandboxState, frame: Remembering, wires: readonly ConnectedWire[]): void {
  refuseOtherAccounts(state, frame);
  frame.clock.resumeAt(state.offset_ms);
  frame.payers.restore(state.payers);
  frame.outcomes.restore(state.outcomes);
  for (const wire of wires) {
    const book = state.books[wire.provider];
    if (book !== undefined) frame.trades.bookOf(wire.provider).restore(book);
    wire.remember?.(state.wires[wire.provider] ?? undefined);
  }
  for (const pending of state.notifications) {
    const plan = wires.find(({ provider }) => provider === pending.provider)?.notification?.(pending.memo);
    if (plan !== undefined) frame.notifier.resume(plan, pending);
  }
}

function refuseOtherAccounts({ accounts, books }: SandboxState, frame: Remembering): void {
  for (const [provider, known] of Object.entries(accounts)) {
    const now = fingerprints(provider as Provider, frame);
    const used = new Set((books[provider]?.trades ?? []).map(({ account }) => account));
    const other = [...used].find((name) => known[name] !== now[name]);
    if (other === undefined) continue;
    throw new Error(`was written beside another ${provider} account ${other}: use the same HUTONG_DATA_DIR`);
  }
}

function fingerprints(provider: Provider, { accounts }: Pick<Frame, 'accounts'>): Readonly<Record<string, string>> {
  const all = accounts.shelf<AccountRecord>(provider).all();
  return Object.fromEntries(all.map((account) => [account.name, hash('sha256', JSON.stringify(account))]));
}
