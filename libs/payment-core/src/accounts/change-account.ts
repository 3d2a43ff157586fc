import { InvalidAccountConfig, type ProviderDefinition } from '@hutong/payment-port';
import type { Authorship } from '../audit/audit-entry.js';
import { contentHash } from '../content-hash.js';
import { invalid, notFound, PaymentProblem } from '../problem.js';
import { StaleVersion, type Account, type ConfigStore } from '../stores/config.store.js';

type Settings = Account['settings'];

export interface AccountChange {
  readonly app: string;
  readonly id: string;
  /** The settings that change: null takes one away, what is not named stays, secrets too. */
  readonly settings: Settings;
  readonly by: Authorship;
  /** The version that the change was made from. */
  readonly expected?: number;
  /** Judge only; nothing is written. */
  readonly dryRun?: boolean;
}

/** What a change came to. `changed` names settings, never their values; empty when the account says it all already. */
export interface ChangedAccount {
  readonly account: Account;
  readonly changed: readonly string[];
}

/**
 * Gives an account its next version with some settings changed. Versions before it stay as they are: attempts go on with the
 * one that made them.
 * @throws PaymentProblem `not_found`, or `invalid_request` pointing at settings that do not fit; StaleVersion
 */
export async function changeAccount(
  config: ConfigStore,
  definitions: readonly ProviderDefinition[],
  change: AccountChange,
): Promise<ChangedAccount> {
  const account = await accountNamed(config, change.app, change.id);
  const definition = definitions.find(({ id }) => id === account.provider);
  if (definition === undefined) throw invalid('/settings', `belong to ${account.provider}, which is not installed.`);
  const { expected = account.version, by } = change;
  if (expected !== account.version) throw new StaleVersion(account.version);
  const settings = readMerged(definition, { ...account.settings, ...change.settings });
  const changed = differing(account.settings, settings);
  if (changed.length === 0 || change.dryRun === true) return { account, changed };
  const { app, provider, ref } = account;
  const next = { app, provider, ref, settings };
  return { account: await config.addAccountVersion(next, definition.secretFields, by, expected), changed };
}

/** The newest version of an account of this app. @throws PaymentProblem `not_found` */
export async function accountNamed(config: ConfigStore, app: string, id: string): Promise<Account> {
  const account = (await config.listAccounts(app)).find((it) => it.id === id);
  if (account === undefined) throw notFound('account');
  return account;
}

function readMerged(definition: ProviderDefinition, merged: Settings): Settings {
  try {
    return definition.readSettings(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)));
  } catch (error) {
    if (!(error instanceof InvalidAccountConfig)) throw error;
    const errors = error.errors.map((it) => ({ ...it, pointer: `/settings${it.pointer}` }));
    throw new PaymentProblem('invalid', { code: 'invalid_request', detail: error.message, errors });
  }
}

function differing(held: Settings, wanted: Settings): string[] {
  const names = [...new Set([...Object.keys(held), ...Object.keys(wanted)])];
  return names.filter((name) => contentHash(held[name]) !== contentHash(wanted[name])).toSorted();
}
