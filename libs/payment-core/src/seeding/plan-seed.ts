import { contentHash } from '../content-hash.js';
import type { AppConfig, OptionConfig } from '../options/option-config.js';
import type { Account } from '../stores/config.store.js';
import type { AppSeed } from './app-seed.js';
import { differences } from './differences.js';

/** One write that brings the store to what the seed says. Never carries a value of an account's settings. */
export interface SeedChange {
  readonly kind: 'app' | 'account' | 'options';
  readonly action: 'create' | 'update';
  /** What it is about, for people: `account alipay/sandbox of taote`. */
  readonly what: string;
  /** One line per difference. */
  readonly details: readonly string[];
}

/** What the store holds of one app; `accounts` are the newest versions. */
export interface CurrentApp {
  readonly app: AppConfig | undefined;
  readonly accounts: readonly Account[];
  readonly options: OptionConfig | undefined;
}

type SeedAccount = AppSeed['accounts'][number];
export type SeedOptions = Pick<AppSeed, 'providers' | 'options' | 'order'>;

/** What would have to be written, in order of writing; empty when the store says it all already. Pure. */
export function planSeed(current: CurrentApp, seed: AppSeed): readonly SeedChange[] {
  return [
    ...planApp(current.app, seed.app),
    ...seed.accounts.flatMap((account) => planAccount(current.accounts, seed.app.id, account)),
    ...planOptions(current.options, seed),
  ];
}

/** The store's account that a seed's account stands for. */
export function accountOf(accounts: readonly Account[], { provider, ref }: SeedAccount): Account | undefined {
  return accounts.find((account) => account.provider === provider && account.ref === ref);
}

/** True when no new version is needed: order of fields and members left undefined make no difference. */
export function sameSettings(held: Account | undefined, wanted: SeedAccount): boolean {
  return held !== undefined && contentHash(held.settings) === contentHash(wanted.settings);
}

/** The part of a seed that is versioned as the app's options. */
export function optionsOf({ providers, options, order }: SeedOptions): SeedOptions {
  return { providers, options, order };
}

function planApp(held: AppConfig | undefined, wanted: AppConfig): SeedChange[] {
  const what = `app ${wanted.id}`;
  if (held === undefined) return [{ kind: 'app', action: 'create', what, details: [wanted.name.en] }];
  const details = differences(held, wanted);
  return details.length === 0 ? [] : [{ kind: 'app', action: 'update', what, details }];
}

function planAccount(accounts: readonly Account[], app: string, wanted: SeedAccount): SeedChange[] {
  const held = accountOf(accounts, wanted);
  const what = `account ${wanted.provider}/${wanted.ref} of ${app}`;
  if (held === undefined) return [{ kind: 'account', action: 'create', what, details: ['version 1'] }];
  if (sameSettings(held, wanted)) return [];
  const details = [`version ${held.version + 1}`, ...changedFields(held.settings, wanted.settings)];
  return [{ kind: 'account', action: 'update', what, details }];
}

/** Names only: a setting may be a secret. */
function changedFields(held: SeedAccount['settings'], wanted: SeedAccount['settings']): string[] {
  const names = [...new Set([...Object.keys(held), ...Object.keys(wanted)])].toSorted();
  return names.filter((name) => contentHash(held[name]) !== contentHash(wanted[name])).map((name) => `${name} changes`);
}

function planOptions(held: OptionConfig | undefined, seed: AppSeed): SeedChange[] {
  const what = `options of ${seed.app.id}`;
  if (held === undefined) {
    return [{ kind: 'options', action: 'create', what, details: ['version 1', ...seed.options.map(lineOf)] }];
  }
  const details = differences(byMethod(held), byMethod(seed));
  return details.length === 0
    ? []
    : [{ kind: 'options', action: 'update', what, details: [`version ${held.version + 1}`, ...details] }];
}

function lineOf({ method, status }: AppSeed['options'][number]): string {
  return `${method} ${status}`;
}

/** Options named by their method, with the list's order as a line of its own: a move is told apart from an edit. */
function byMethod(config: SeedOptions): Readonly<Record<string, unknown>> {
  const { options, providers, order } = config;
  return {
    'order of options': options.map((option) => option.method),
    ...Object.fromEntries(options.map(({ method, ...rest }) => [method, rest])),
    providers,
    order,
  };
}
